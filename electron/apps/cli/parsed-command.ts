import type { Language } from '../../contract/app-snapshot.js';
import type { ConflictAnswer } from '../../contract/run.js';
import type { StartHold } from '../../contract/settings.js';
import type { ReportFormat } from '../../ports/run-records.js';
import type { CommandName } from './command-table.js';

/** Options that every command knows. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly simulate: { readonly scenario: string | null } | null;
  /** Describes the server that is simulated. */
  readonly serverFile: string | null;
  readonly seed: number | null;
  readonly speed: number | null;
  /** Null: the settings' language, else the system's. */
  readonly language: Language | null;
  readonly dataFolder: string | null;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
}

/** Options of single commands, checked. Null where the user said nothing. */
export interface CommandOptions {
  readonly forMs: number | null;
  readonly reason: string | null;
  readonly timeoutMs: number | null;
  readonly wait: boolean;
  readonly keepStartType: boolean;
  readonly hold: StartHold;
  readonly holdTimeMs: number | null;
  readonly overrides: readonly string[];
  readonly dryRun: boolean;
  readonly note: string | null;
  readonly stayStopped: boolean;
  readonly conflicts: ConflictAnswer | null;
  readonly format: ReportFormat;
  readonly output: string | null;
  readonly openOnly: boolean;
  /** The most sessions that may be cut. */
  readonly cut: number | null;
  readonly servicesOnly: boolean;
  /** What the pool is called in DNS. */
  readonly pool: string | null;
  readonly withoutEndTask: boolean;
  readonly repair: boolean;
  /** Looks up what DNS calls the remote ends. */
  readonly names: boolean;
  /** Shows every remote end. */
  readonly all: boolean;
  /** Names remote addresses in a report. */
  readonly withAddresses: boolean;
  readonly ifPauseOver: boolean;
}

/** What the user typed. */
export type ParsedCommand =
  | { readonly kind: 'version' }
  /** `command` null: help about all of them. */
  | { readonly kind: 'help'; readonly command: CommandName | null; readonly global: GlobalOptions }
  | {
      readonly kind: 'command';
      readonly command: CommandName;
      /** Service names, a run id or a code, as typed. */
      readonly operands: readonly string[];
      readonly options: CommandOptions;
      readonly global: GlobalOptions;
    };
