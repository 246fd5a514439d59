import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { processTerminal } from './apps/cli/process-terminal.js';
import { wrapTo } from './apps/cli/render/text-width.js';
import { runCli } from './apps/cli/run-cli.js';
import type { OpenServer } from './apps/cli/server.js';
import { systemLanguage } from './apps/cli/system-language.js';
import type { Terminal } from './apps/cli/terminal.js';
import { logFailure } from './composition/failure-log.js';
import { openMachine } from './composition/open-machine.js';
import { openThisServer, productVersion } from './composition/this-server.js';
import { createMessages } from './core/language/messages.js';
import { terminalTextsOf, type TerminalTexts } from './core/language/terminal-texts.js';

/**
 * A whole maintenance on a simulated server, for a newcomer: the product's own commands, one after another, with a
 * sentence between them. Nothing is asked of the machine but a folder for temporary files.
 */

/** How much faster than real time the simulated server's clock runs. */
const SPEED = 40;
/** Always the same server, so that what is told fits what is seen. */
const SEED = 7;
/** Time to read a sentence, if there is a reader. */
const READING_MS = 1_500;

interface Walk {
  readonly dataFolder: string;
  readonly terminal: Terminal;
  readonly texts: TerminalTexts;
}

async function walkThrough(walk: Walk): Promise<boolean> {
  const { walk: text } = walk.texts;
  await tell(walk, text.title);
  await tell(walk, text.start);
  await tell(walk, text.plan);
  if (!(await command(walk, 'plan'))) return false;
  await tell(walk, createMessages(systemLanguage(walk.terminal)).format(text.drain, { speed: SPEED }));
  if (!(await command(walk, 'drain', '--reason', 'CHG-1234'))) return false;
  await tell(walk, text.confirm);
  if (!(await command(walk, 'confirm', '--note', 'patches of this month'))) return false;
  await tell(walk, text.restart);
  await restart(walk);
  await tell(walk, text.after);
  if (!(await command(walk, 'status'))) return false;
  await tell(walk, text.resume);
  if (!(await command(walk, 'resume'))) return false;
  await tell(walk, text.end);
  return true;
}

async function tell({ terminal }: Walk, sentence: string): Promise<void> {
  terminal.stdout.write(`\n${wrapTo(sentence, Math.min(terminal.stdout.columns, 100) - 1).join('\n')}\n`);
  if (terminal.stdout.isTerminal && !terminal.interruption.aborted) await pause(READING_MS, terminal.interruption);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Shows a command as it would be typed, and runs it. @returns whether it ended well */
async function command({ dataFolder, terminal }: Walk, ...typed: string[]): Promise<boolean> {
  if (terminal.interruption.aborted) return false;
  terminal.stdout.write(`\n> lync-drain ${typed.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')}\n\n`);
  const open: OpenServer = (options) => openThisServer({ ...options, dataFolder, simulate: { scenario: null }, seed: SEED, speed: SPEED });
  const log = { write: (_: string | null, failure: unknown) => logFailure(dataFolder, failure, openMachine) };
  return (await runCli(typed, terminal, open, log)) === 0;
}

async function restart({ dataFolder }: Walk): Promise<void> {
  const server = await openThisServer({ dataFolder, simulate: { scenario: null }, seed: SEED, speed: SPEED, undoCard: () => '' });
  await server.simulation?.simulation.restart();
  await server.close();
}

async function main(): Promise<void> {
  const terminal: Terminal = { ...processTerminal(productVersion), knowsItIsSimulated: true };
  const dataFolder = mkdtempSync(join(tmpdir(), 'lync-drain-walk-'));
  try {
    const texts = terminalTextsOf(systemLanguage(terminal));
    const isComplete = await walkThrough({ dataFolder, terminal, texts });
    if (!isComplete) terminal.stderr.write(`\n${texts.walk.failed}\n`);
    process.exitCode = isComplete ? 0 : 1;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

void main();
