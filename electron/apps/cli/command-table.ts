/** The command line as data: what the parser accepts, the help shows, and a typo is compared with. */

interface OptionSpec {
  readonly flags: string;
}

/** Options of single commands. No name is used for two things. */
export const OPTIONS = {
  for: { flags: '--for <duration>' },
  reason: { flags: '--reason <text>' },
  timeout: { flags: '--timeout <duration>' },
  wait: { flags: '--no-wait' },
  keepStartType: { flags: '--keep-start-type' },
  hold: { flags: '--hold <start-type>' },
  holdTime: { flags: '--hold-time <duration>' },
  override: { flags: '--override <check>' },
  dryRun: { flags: '--dry-run' },
  note: { flags: '--note <text>' },
  stayStopped: { flags: '--stay-stopped' },
  keep: { flags: '--keep' },
  original: { flags: '--original' },
  format: { flags: '--format <format>' },
  output: { flags: '--output <file>' },
  open: { flags: '--open' },
  cut: { flags: '--cut <count>' },
  servicesOnly: { flags: '--services-only' },
  pool: { flags: '--pool <name>' },
  endTask: { flags: '--no-end-task' },
  repair: { flags: '--repair' },
  names: { flags: '--names' },
  all: { flags: '--all' },
  withAddresses: { flags: '--with-addresses' },
} as const satisfies Readonly<Record<string, OptionSpec>>;
export type OptionName = keyof typeof OPTIONS;

/** Options of single commands that programs of ours give, and no help shows. */
export const HIDDEN_OPTIONS = {
  ifPauseOver: { flags: '--if-pause-over', of: 'resume' },
} as const satisfies Readonly<Record<string, OptionSpec & { readonly of: string }>>;

export const GLOBAL_OPTIONS = {
  json: { flags: '--json' },
  simulate: { flags: '--simulate [scenario]' },
  serverFile: { flags: '--server-file <file>' },
  seed: { flags: '--seed <number>' },
  speed: { flags: '--speed <number>' },
  lang: { flags: '--lang <language>' },
  data: { flags: '--data <folder>' },
  yes: { flags: '--yes' },
  quiet: { flags: '-q, --quiet' },
  verbose: { flags: '-v, --verbose' },
  color: { flags: '--no-color' },
  version: { flags: '--version' },
  help: { flags: '-h, --help' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

/** What stands after the command. */
type Operand = 'services' | 'run' | 'code' | null;

interface CommandSpec {
  readonly operand: Operand;
  readonly options: readonly OptionName[];
  /** Command lines for the help, each with the name of its explanation. */
  readonly examples: readonly (readonly [line: string, explanation: string])[];
}

const PLAN_OPTIONS = ['hold', 'keepStartType', 'override', 'pool'] as const;

export const COMMANDS = {
  status: {
    operand: null,
    options: [],
    examples: [
      ['status', 'look'],
      ['status --json', 'json'],
    ],
  },
  services: { operand: null, options: [], examples: [['services', 'services']] },
  plan: { operand: 'services', options: PLAN_OPTIONS, examples: [['plan', 'plan']] },
  pause: {
    operand: 'services',
    options: ['for', 'reason', 'override', 'wait', 'endTask'],
    examples: [
      ['pause --for 15m', 'pauseFor'],
      ['pause', 'pauseAll'],
      ['pause --for 15m --no-end-task', 'pauseNoTask'],
    ],
  },
  drain: {
    operand: 'services',
    options: ['reason', 'timeout', 'wait', 'holdTime', ...PLAN_OPTIONS, 'note', 'dryRun'],
    examples: [
      ['drain --reason CHG-1234', 'drain'],
      ['drain RTCMEDSRV RTCRGS', 'drainSome'],
      ['drain --hold disabled --timeout 4h', 'drainDisabled'],
      ['drain --override pausable:RTCATS', 'drainOverride'],
      ['drain --simulate --speed 60', 'simulate'],
    ],
  },
  watch: {
    operand: null,
    options: ['timeout'],
    examples: [
      ['watch', 'watch'],
      ['watch --json', 'watchJson'],
    ],
  },
  accept: {
    operand: 'services',
    options: ['note', 'cut'],
    examples: [
      ['accept RTCRGS --note "no queue in use tonight"', 'accept'],
      ['accept RTCIMMCU --cut 1 --note "a forgotten window"', 'acceptCut'],
    ],
  },
  sessions: {
    operand: 'services',
    options: ['names', 'all'],
    examples: [
      ['sessions', 'sessions'],
      ['sessions RTCSRV --names', 'sessionsNames'],
      ['sessions --all --json', 'sessionsJson'],
    ],
  },
  confirm: { operand: null, options: ['note', 'servicesOnly'], examples: [['confirm --note "patched, restarting"', 'confirm']] },
  resume: {
    operand: 'services',
    options: ['stayStopped', 'keep', 'original'],
    examples: [
      ['resume', 'resume'],
      ['resume --stay-stopped', 'resumeStopped'],
      ['resume --keep', 'resumeKeep'],
    ],
  },
  report: { operand: 'run', options: ['format', 'output', 'withAddresses'], examples: [['report --output CHG-1234.md', 'report']] },
  history: {
    operand: null,
    options: ['open'],
    examples: [
      ['history', 'history'],
      ['history --open', 'historyOpen'],
    ],
  },
  doctor: {
    operand: null,
    options: ['repair'],
    examples: [
      ['doctor', 'doctor'],
      ['doctor --repair', 'doctorRepair'],
    ],
  },
  explain: {
    operand: 'code',
    options: [],
    examples: [
      ['explain LD-2053', 'explain'],
      ['explain', 'explainAll'],
    ],
  },
} as const satisfies Readonly<Record<string, CommandSpec>>;
export type CommandName = keyof typeof COMMANDS;

/** As written in a usage line. */
export const OPERANDS: Readonly<Record<Exclude<Operand, null>, string>> = { services: '[SERVICE...]', run: '[RUN]', code: '[CODE]' };

/** `--hold-time` of `--hold-time <duration>`, and both of `-q, --quiet`. */
export function flagNames(flags: string): readonly string[] {
  return flags.match(/(?<![\w-])--?[a-z][a-z-]*/g) ?? [];
}
