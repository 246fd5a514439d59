import { REGISTERED_ENDPOINTS, SIP_TLS_PORT } from '../../../../contract/registrar.js';
import type { CounterSource } from '../../../../ports/evidence-sources.js';
import type { FrontEndHealth } from '../../../../ports/front-end-health.js';
import { isListening, type ReadTcpTables } from '../tcp/tcp-table.js';
import { readPlacementLog } from './placement-log.js';

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
      const answer = (await counters.read([REGISTERED_ENDPOINTS])).get(REGISTERED_ENDPOINTS);
      return answer?.kind === 'value' ? answer.value : null;
    },
  };
}
