import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SCENARIO_IDS } from './adapters/simulator/scenarios.js';
import { processTerminal } from './apps/cli/process-terminal.js';
import { wrapTo } from './apps/cli/render/text-width.js';
import { runCli } from './apps/cli/run-cli.js';
import type { OpenServer } from './apps/cli/server.js';
import { systemLanguage } from './apps/cli/system-language.js';
import type { Terminal } from './apps/cli/terminal.js';
import { walkThrough, type WalkParts } from './apps/cli/walk-through.js';
import { readAppArguments } from './apps/tray/app-arguments.js';
import { logFailure } from './composition/failure-log.js';
import { openMachine } from './composition/open-machine.js';
import type { SimulatedChoice } from './composition/server-parts.js';
import { openThisServer, productVersion, type ThisServer } from './composition/this-server.js';
import { EXIT_CODES } from './contract/outcome.js';
import { createMessages } from './core/language/messages.js';
import { terminalTextsOf } from './core/language/terminal-texts.js';
import { missingAcceptances } from './core/maintenance/missing-acceptances.js';

/**
 * A whole maintenance on a simulated server, for a newcomer: the product's own commands, one after another, with a
 * sentence between them. Nothing is asked of the machine but a folder for temporary files. `--simulate=SCENARIO`, `--seed=N` and
 * `--speed=N` say which server, as for the app; `--help` lists the scenarios.
 */

/** How much faster than real time the simulated server's clock runs. */
const SPEED = 40;
/** Always the same server, so that what is told fits what is seen. */
const SEED = 7;
/** Time to read a sentence, if there is a reader. */
const READING_MS = 1_500;

function write({ stdout }: Terminal, sentence: string): void {
  stdout.write(`\n${wrapTo(sentence, Math.min(stdout.columns, 100) - 1).join('\n')}\n`);
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

interface Choice {
  readonly scenario: string | null;
  readonly seed: number;
  readonly speed: number;
}

function readChoice(args: readonly string[]): Choice {
  const { simulate, seed, speed } = readAppArguments(args);
  return { scenario: simulate?.scenario ?? null, seed: seed ?? SEED, speed: speed === null || speed === 0 ? SPEED : speed };
}

function partsOf(terminal: Terminal, dataFolder: string, { scenario, seed, speed }: Choice): WalkParts {
  const language = systemLanguage(terminal);
  const server: SimulatedChoice = { simulate: { scenario }, seed, speed };
  const open: OpenServer = (options) => openThisServer({ ...options, dataFolder, ...server });
  const log = { write: (_: string | null, failure: unknown) => logFailure(dataFolder, failure, openMachine) };
  const onServer = async <T>(act: (opened: ThisServer) => Promise<T>): Promise<T> => {
    const opened = await openThisServer({ dataFolder, ...server, undoCard: () => '' });
    return act(opened).finally(() => opened.close());
  };
  return {
    ...{ texts: terminalTextsOf(language).walk, scenario, speed },
    tell: async (sentence, params) => {
      write(terminal, createMessages(language).format(sentence, params));
      if (terminal.stdout.isTerminal && !terminal.interruption.aborted) await pause(READING_MS, terminal.interruption);
    },
    run: async (...typed) => {
      if (terminal.interruption.aborted) return EXIT_CODES.interrupted;
      terminal.stdout.write(`\n> lync-drain ${typed.map((word) => (word.includes(' ') ? `"${word}"` : word)).join(' ')}\n\n`);
      return runCli(typed, terminal, open, log);
    },
    missingAcceptances: () => onServer(async ({ engine }) => missingAcceptances(await engine.observe())),
    restart: () => onServer(async ({ simulation }) => simulation?.simulation.restart()),
  };
}

async function main(args: readonly string[]): Promise<void> {
  const terminal: Terminal = { ...processTerminal(productVersion), knowsItIsSimulated: true };
  const messages = createMessages(systemLanguage(terminal));
  const { walk: texts } = terminalTextsOf(messages.language);
  if (args.includes('--help') || args.includes('-h')) {
    write(terminal, messages.format(texts.help, { scenarios: SCENARIO_IDS.join(', ') }));
    return;
  }
  const dataFolder = mkdtempSync(join(tmpdir(), 'lync-drain-walk-'));
  try {
    const isComplete = await walkThrough(partsOf(terminal, dataFolder, readChoice(args)));
    if (!isComplete) terminal.stderr.write(`\n${texts.failed}\n`);
    process.exitCode = isComplete ? 0 : 1;
  } finally {
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

void main(process.argv.slice(2));
