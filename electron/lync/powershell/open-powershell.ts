import { PowerShell, ProcessError } from 'node-powershell';

import type { OpenPowerShell, PowerShellPlace, ScriptResult } from './powershell-port.js';

/** What we ask for takes a few thousand; more is a script that ran away. */
const MAX_OUTPUT_CHARACTERS = 500_000;

/** node-powershell prefers what NODE_POWERSHELL names; an elevated program must not start what a variable names. */
class PlacedPowerShell extends PowerShell {
  protected override setExecutable({ executable }: { executable?: string }): string {
    if (executable === undefined) throw new Error('PowerShell needs its full path.');
    return executable;
  }
}

/**
 * node-powershell with what it lacks: a watchdog of our own (its timeout waits for the output that does not come), a limit to
 * output, and failures that are values.
 */
export function openPowerShell({ program, environment }: PowerShellPlace): OpenPowerShell {
  const shell = new PlacedPowerShell({
    executable: program,
    // Without a profile: it is a file that a user's other programs may write.
    executableOptions: { '-NoProfile': true, '-NonInteractive': true, '-InputFormat': 'Text', '-OutputFormat': 'Text' },
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
    run: (script, timeoutMs) => Promise.race([runUnderWatch(shell, script, timeoutMs), ended]),
    end: () => {
      answerEnded({ kind: 'ended', message: 'ended by us' });
      // Killed, not asked: one that hangs would not hear. It is not waited for either.
      shell.dispose('SIGKILL').catch(() => undefined);
    },
  };
}

async function runUnderWatch(shell: PlacedPowerShell, script: string, timeoutMs: number): Promise<ScriptResult> {
  const watch = watchOver(shell, timeoutMs);
  const result = await Promise.race([invoke(shell, script), watch.barked]);
  watch.end();
  // node-powershell keeps every script and answer for ever.
  shell.history.length = 0;
  return result;
}

async function invoke(shell: PlacedPowerShell, script: string): Promise<ScriptResult> {
  try {
    const { stdout } = await shell.invoke(script);
    if (stdout === undefined) return { kind: 'ended', message: 'PowerShell ended by itself' };
    return { kind: 'output', text: stdout.toString('utf8') };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): ScriptResult {
  if (!(error instanceof ProcessError)) return { kind: 'ended', message: error instanceof Error ? error.message : String(error) };
  const { exitCode, signalCode, originalError } = error;
  if (originalError !== undefined && 'syscall' in originalError) return { kind: 'not-started', message: originalError.message };
  return { kind: 'ended', message: `PowerShell ended with ${signalCode ?? exitCode ?? 'nothing'}` };
}

/** Resolves when PowerShell says too much or takes too long. */
function watchOver({ streams }: PlacedPowerShell, timeoutMs: number): { readonly barked: Promise<ScriptResult>; end(): void } {
  const outputs = [streams.stdout, streams.stderr];
  let characters = 0;
  let bark: (result: ScriptResult) => void = () => undefined;
  const barked = new Promise<ScriptResult>((resolve) => {
    bark = resolve;
  });
  const count = (text: string): void => {
    characters += text.length;
    if (characters > MAX_OUTPUT_CHARACTERS) bark({ kind: 'too-much-output', message: `more than ${MAX_OUTPUT_CHARACTERS} characters` });
  };
  const timer = setTimeout(() => bark({ kind: 'timed-out', message: `no answer in ${timeoutMs} ms` }), timeoutMs);
  for (const output of outputs) output.on('data', count);
  return {
    barked,
    end: () => {
      clearTimeout(timer);
      for (const output of outputs) output.off('data', count);
    },
  };
}
