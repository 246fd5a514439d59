import type { CounterSource } from '../../../../ports/evidence-sources.js';
import type { FrontEndHealth } from '../../../../ports/front-end-health.js';
import { isListening, type ReadTcpTables } from '../tcp/tcp-table.js';
import { readPlacementLog } from './placement-log.js';

const SIP_TLS_PORT = 5061;
const REGISTERED = '\\LS:USrv - Endpoint Cache\\USrv - Active Registered Endpoints';

export interface WindowsHealthParts {
  readonly counters: CounterSource;
  readonly readTables: ReadTcpTables;
  readonly readSystemFolder: () => Promise<string>;
}

/** What a real server shows of its Front-End. */
export function createWindowsHealth({ counters, readTables, readSystemFolder }: WindowsHealthParts): FrontEndHealth {
  return {
    readPlacement: async (since) => {
      try {
        return await readPlacementLog(await readSystemFolder(), since);
      } catch {
        return null;
      }
    },
    listens: async () => {
      try {
        return (await readTables()).some((table) => isListening(table, SIP_TLS_PORT));
      } catch {
        return null;
      }
    },
    countRegistered: async () => {
      const answer = (await counters.read([REGISTERED])).get(REGISTERED);
      return answer?.kind === 'value' ? answer.value : null;
    },
  };
}
