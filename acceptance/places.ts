import { join } from 'node:path';

const NAME = 'Lync Drain Acceptance';

/** Where the kit has what; its own folder is where it was unpacked. */
export interface Places {
  readonly kit: string;
  /** Programs run from here, because only administrators may write below Program Files. It holds the state file too. */
  readonly stage: string;
  readonly state: string;
  /** The packaged command line, as users have it. */
  readonly edition: string;
  readonly sessionService: string;
  readonly logs: string;
  /** Data folders of the product, one for each scenario. */
  readonly data: string;
  /** The tray app, if it lies beside the kit. */
  readonly trayApp: string;
  readonly output: string;
}

/** @param output where the report goes; the kit's folder if null */
export function placesOf(kit: string, output: string | null, env: NodeJS.ProcessEnv): Places {
  const stage = join(env['ProgramFiles'] ?? 'C:\\Program Files', NAME);
  return {
    kit,
    stage,
    state: join(stage, 'state.json'),
    edition: join(stage, 'lync-drain'),
    sessionService: join(stage, 'session-service.exe'),
    logs: join(stage, 'logs'),
    data: join(env['ProgramData'] ?? 'C:\\ProgramData', NAME),
    trayApp: join(kit, 'app', 'Lync Drain.exe'),
    output: output ?? kit,
  };
}
