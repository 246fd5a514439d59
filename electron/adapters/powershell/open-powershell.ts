import { PowerShell, ProcessError } from 'node-powershell';

import type { OpenPowerShell, PowerShellPlace, Script, ScriptDeadlines, ScriptResult } from './powershell-port.js';
import { ScriptWatch } from './script-watch.js';

/** node-powershell prefers what NODE_POWERSHELL names; an elevated program must not start what a variable names. */
class PlacedPowerShell extends PowerShell {
  /** Stands before and after what the script writes; another one for each script. */
  mark = '';

  protected override setExecutable({ executable }: { executable?: string }): string {
    if (executable === undefined) throw new Error('PowerShell needs its full path.');
    return executable;
  }

  protected override writeToOutput(mark: string): string {
    this.mark = mark;
    return super.writeToOutput(mark);
  }
}

/**
 * How Windows PowerShell is started (about_PowerShell_exe). Without a profile: it is a file that a user's other programs may
 * write. Before Windows Server 2012 R2 the usual policy runs no script, and so loads no module of Lync's (about_Execution_Policies);
 * RemoteSigned lets installed ones load in this process alone. What group policy orders stands above it.
 */
const OPTIONS = {
  '-NoProfile': true,
  '-NonInteractive': true,
  '-ExecutionPolicy': 'RemoteSigned',
  '-InputFormat': 'Text',
  '-OutputFormat': 'Text',
} as const;

/**
 * node-powershell with what it lacks: a watchdog of our own (its timeout waits for the output that does not come), a limit to
 * output, and failures that are values.
 */
export function openPowerShell({ program, environment }: PowerShellPlace): OpenPowerShell {
  const shell = new PlacedPowerShell({
    executable: program,
    executableOptions: OPTIONS,
    spawnOptions: { env: environment, windowsHide: true },
    throwOnInvocationError: false,
  });
  // Its own listener is for one error only; a second one would end our process.
  shell.streams.stdin.on('error', () => undefined);
  let answerEnded: (result: ScriptResult) => void = () => undefined;
  const ended = new Promise<ScriptResult>((resolve) => {
    answerEnded = resolve;
  });
  return {
    run: (script, deadlines) => Promise.race([runUnderWatch(shell, script, deadlines), ended]),
    end: () => {
      answerEnded({ kind: 'ended', message: 'ended by us' });
      // Killed, not asked: one that hangs would not hear. It is not waited for either.
      shell.dispose('SIGKILL').catch(() => undefined);
      // What PowerShell started may hold the other ends of its pipes; as long as ours are open, our own process does not end.
      shell.streams.stdout.destroy();
      shell.streams.stderr.destroy();
    },
  };
}

async function runUnderWatch(shell: PlacedPowerShell, script: Script, deadlines: ScriptDeadlines): Promise<ScriptResult> {
  shell.mark = '';
  const watch = new ScriptWatch(shell.streams, script, deadlines, () => shell.mark);
  const result = await Promise.race([invoke(shell, script.line), watch.decided]);
  watch.end();
  // node-powershell keeps every script and answer for ever.
  shell.history.length = 0;
  return result;
}

async function invoke(shell: PlacedPowerShell, line: string): Promise<ScriptResult> {
  try {
    const { stdout } = await shell.invoke(line);
    if (stdout === undefined) return { kind: 'ended', message: 'PowerShell ended by itself' };
    return { kind: 'output', text: stdout.toString('utf8'), isReusable: true };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): ScriptResult {
  if (!(error instanceof ProcessError)) return { kind: 'ended', message: error instanceof Error ? error.message : String(error) };
  const { exitCode, signalCode, originalError } = error;
  if (originalError !== undefined && 'syscall' in originalError) return startFailure(originalError);
  return { kind: 'ended', message: `PowerShell ended with ${signalCode ?? exitCode ?? 'nothing'}` };
}

/**
 * Why PowerShell could not be started. Node knows no name for most refusals of Windows: ERROR_ACCESS_DISABLED_BY_POLICY (1260), with
 * which AppLocker and software restriction policies answer, is UNKNOWN.
 */
export function startFailure(error: unknown): ScriptResult {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return { kind: typeof code === 'string' && FORBIDDEN_CODES.has(code) ? 'forbidden' : 'not-started', message };
}

const FORBIDDEN_CODES: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'UNKNOWN']);
