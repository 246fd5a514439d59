/** What the app may be told when it is started; named as on the command line. Null stands for the default. */
export interface AppArguments {
  readonly dataFolder: string | null;
  readonly simulate: { readonly scenario: string | null } | null;
  /** Describes the server that is simulated; left out: none does. */
  readonly copy?: { readonly path: string };
  readonly seed: number | null;
  readonly speed: number | null;
  /** Whether the window opens at once; a start at logon shows the icon only. */
  readonly opensWindow: boolean;
}

/**
 * Reads `--simulate[=SCENARIO]`, `--server-file=FILE`, `--seed=N`, `--speed=N` and `--data=DIR`, the value behind `=` or as the next
 * argument, and `--open`. What else there is belongs to Electron.
 */
export function readAppArguments(args: readonly string[]): AppArguments {
  const valueOf = (name: string): string | null => {
    const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
    const [, joined] = args[index]?.split(/=(.*)/s) ?? [];
    const next = index < 0 ? undefined : args[index + 1];
    return joined ?? (next === undefined || next.startsWith('-') ? null : next);
  };
  const numberOf = (name: string): number | null => {
    const value = valueOf(name);
    return value !== null && /^\d{1,9}$/.test(value) ? Number(value) : null;
  };
  const file = valueOf('--server-file');
  const isSimulated = file !== null || args.some((arg) => arg === '--simulate' || arg.startsWith('--simulate='));
  const [, scenario] = args.find((arg) => arg.startsWith('--simulate='))?.split('=') ?? [];
  return {
    dataFolder: valueOf('--data'),
    simulate: isSimulated ? { scenario: scenario ?? null } : null,
    ...(file !== null && { copy: { path: file } }),
    seed: numberOf('--seed'),
    speed: numberOf('--speed'),
    opensWindow: args.includes('--open'),
  };
}

/** Chromium's switches that people need, and then those that Wine needs. They give nobody a way in, name no file and start no program. */
const ALLOWED = /^(lang|force-(device-scale-factor|renderer-accessibility)|no-sandbox|disable-gpu|in-process-gpu)$/;

/**
 * The names of what else Chromium takes for a switch, in small letters, as it compares them on Windows (base::CommandLine): `--name=value`,
 * and on Windows `-name` and `/name`.
 */
export function plantedSwitches(args: readonly string[]): readonly string[] {
  return args.flatMap((arg) => {
    const name = /^\s*(?:--?|\/)([^=]+)/.exec(arg)?.[1]?.trimEnd().toLowerCase();
    return name === undefined || ALLOWED.test(name) ? [] : [name];
  });
}
