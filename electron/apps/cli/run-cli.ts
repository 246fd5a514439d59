import { EXIT_CODES, type ExitCode } from '../../contract/outcome.js';
import { problem, ProblemError, type Problem } from '../../contract/problem.js';
import { parseLanguage } from '../../core/language/language.js';
import { createMessages, type Messages } from '../../core/language/messages.js';
import { terminalTextsOf } from '../../core/language/terminal-texts.js';
import { undoCard } from '../../core/language/undo-card.js';
import { outcomeOf } from '../../core/maintenance/outcome.js';
import type { CommandContext } from './context.js';
import { guardedOutput } from './guarded-output.js';
import { resultJson } from './json/event-json.js';
import { jsonText } from './json/json-text.js';
import { parseCommandLine } from './parse-command-line.js';
import type { GlobalOptions, ParsedCommand } from './parsed-command.js';
import { formatExpected } from './render/expected-value.js';
import { renderHelp } from './render/help-text.js';
import { renderProblem } from './render/problem-text.js';
import { styleOf } from './render/style.js';
import { runCommand } from './run-command.js';
import type { OpenServer, Server } from './server.js';
import { suggestFor } from './suggest-for.js';
import { systemLanguage } from './system-language.js';
import type { Terminal } from './terminal.js';
import { WAITING_COMMANDS } from './waiting-commands.js';
import { runWithoutSettings } from './without-settings.js';

/** Where unexpected failures are written down. */
export interface FailureLog {
  /** Null where it could not be written. */
  write(dataFolder: string | null, failure: unknown): Promise<string | null>;
}

/** What is known so far while a command is prepared; failures are told with it. */
interface Progress {
  global: GlobalOptions;
  messages: Messages;
  server: Server | null;
}

/** Runs one command line, without `node` and the script. Never throws; everything that goes wrong is told. */
export async function runCli(typed: readonly string[], given: Terminal, openServer: OpenServer, failureLog: FailureLog): Promise<ExitCode> {
  const terminal = { ...given, stdout: guardedOutput(given.stdout), stderr: guardedOutput(given.stderr) };
  const progress: Progress = { global: guessGlobal(typed), messages: createMessages(guessLanguage(typed, terminal)), server: null };
  try {
    const parsed = parseCommandLine(typed);
    return await withOutput(await run(parsed, terminal, openServer, progress), terminal);
  } catch (error) {
    return await printFailure(error, terminal, progress, failureLog);
  } finally {
    await progress.server?.close();
  }
}

/** What went well and could not be printed is no success for a caller that keeps the output. @throws ProblemError output-not-written */
async function withOutput(exitCode: ExitCode, { stdout }: Terminal): Promise<ExitCode> {
  // A stream says that it failed in the turn after.
  await new Promise((resolve) => setImmediate(resolve));
  if (exitCode === EXIT_CODES.done && stdout.failure !== null) {
    throw new ProblemError(problem('output-not-written', { code: stdout.failure }));
  }
  return exitCode;
}

async function run(parsed: ParsedCommand, terminal: Terminal, openServer: OpenServer, progress: Progress): Promise<ExitCode> {
  if (parsed.kind === 'version') {
    terminal.stdout.write(`lync-drain ${terminal.productVersion}\n`);
    return EXIT_CODES.done;
  }
  progress.global = parsed.global;
  if (parsed.global.language !== null) progress.messages = createMessages(parsed.global.language);
  if (terminal.isCompiledElsewhere === true && parsed.global.verbose) {
    const { messageStyle, texts } = makeStyles(terminal, progress);
    terminal.stderr.write(`${messageStyle.colors.dim(texts.compiledElsewhere)}\n`);
  }
  if (parsed.kind === 'help') {
    terminal.stdout.write(
      renderHelp(makeStyles(terminal, progress).style, parsed.command)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return EXIT_CODES.done;
  }
  const { command } = parsed;
  // Needs no server, and so says what a code means also where none can be opened.
  if (command === 'explain') {
    return (await import('./commands/explain.js')).explain({ parsed, terminal, ...makeStyles(terminal, progress) });
  }
  if (WAITING_COMMANDS.has(command)) terminal.prepareToWait?.();
  const server = await open(parsed.global, openServer, progress);
  if (parsed.global.language === null && server.settings.language !== null) progress.messages = createMessages(server.settings.language);
  const context: CommandContext = { parsed, server, terminal, ...makeStyles(terminal, progress) };
  if (server.source === 'simulated' && !parsed.global.quiet && !terminal.knowsItIsSimulated) {
    terminal.stderr.write(`${context.messageStyle.colors.dim(context.texts.simulated)}\n`);
  }
  const { settingsProblem, otherRun } = server;
  const runIt = (): Promise<ExitCode> =>
    settingsProblem === null || parsed.options.repair
      ? runCommand(command, context)
      : runWithoutSettings(command, context, settingsProblem);
  return otherRun === null ? runIt() : (await import('./run-beside.js')).runBeside(command, context, otherRun, runIt);
}

async function open(global: GlobalOptions, openServer: OpenServer, progress: Progress): Promise<Server> {
  const { dataFolder, simulate, serverFile, seed, speed } = global;
  // These only mean something to a simulated server: naming one asks for it.
  const simulated = simulate ?? (serverFile !== null || seed !== null || speed !== null ? { scenario: null } : null);
  // The card is written later, when the language of the settings is known too.
  progress.server = await openServer({
    dataFolder,
    simulate: simulated,
    ...(serverFile !== null && { copy: { path: serverFile } }),
    seed,
    speed,
    undoCard: (opened) => undoCard(opened, progress.messages),
  });
  return progress.server;
}

function makeStyles(
  terminal: Terminal,
  { global, messages }: Progress,
): Pick<CommandContext, 'messages' | 'texts' | 'style' | 'messageStyle'> {
  const texts = terminalTextsOf(messages.language);
  const style = styleOf(terminal.stdout, terminal, global, { messages, texts });
  const messageStyle = styleOf(terminal.stderr, terminal, global, { messages, texts });
  return { messages, texts, style, messageStyle };
}

async function printFailure(error: unknown, terminal: Terminal, progress: Progress, failureLog: FailureLog): Promise<ExitCode> {
  const found = error instanceof ProblemError ? error.problem : await unforeseen(error, progress, failureLog);
  const { texts, messageStyle, messages } = makeStyles(terminal, progress);
  const told = formatExpected(await suggestFor(found, progress.server), texts);
  const outcome = outcomeOf(told.id);
  if (progress.global.json) terminal.stdout.write(`${jsonText(resultJson({ outcome, problem: told, checklist: null }, messages))}\n`);
  terminal.stderr.write(
    renderProblem(messageStyle, told)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const isForDevelopers = found.id === 'internal' && progress.global.verbose && error instanceof Error;
  if (isForDevelopers) terminal.stderr.write(`${error.stack ?? error.message}\n`);
  return EXIT_CODES[outcome];
}

async function unforeseen(error: unknown, { server }: Progress, failureLog: FailureLog): Promise<Problem> {
  const logPath = await failureLog.write(server?.dataFolder ?? null, error);
  const detail = error instanceof Error ? error.message : String(error);
  return problem('internal', { detail, ...(logPath !== null && { logPath }) });
}

/** A command line that cannot be parsed is still answered in the language and form it asks for. */
function guessGlobal(typed: readonly string[]): GlobalOptions {
  const has = (...flags: string[]): boolean => typed.some((word) => flags.includes(word));
  return {
    ...{ json: has('--json'), quiet: has('-q', '--quiet'), verbose: has('-v', '--verbose'), color: !has('--no-color') },
    ...{ simulate: null, serverFile: null, seed: null, speed: null, language: null, dataFolder: null },
  };
}

function guessLanguage(typed: readonly string[], terminal: Terminal): Messages['language'] {
  const place = typed.indexOf('--lang');
  const word = place < 0 ? typed.find((one) => one.startsWith('--lang='))?.slice('--lang='.length) : typed[place + 1];
  return (word === undefined ? null : parseLanguage(word)) ?? systemLanguage(terminal);
}
