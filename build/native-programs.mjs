/**
 * Compiles the programs in native/ for Windows with mingw-w64. Packaging and tests call the functions; `node
 * build/native-programs.mjs` prints where the programs are.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, readdir, rename } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { capture } from './run.mjs';

/** From the project's root, like the parts of build/windows-parts.mjs. */
const SOURCES = 'native';
/** Programs of the tests that the acceptance kit takes to a real Windows. */
const TEST_PROGRAMS = 'test/harness/windows/native';
const CACHE = resolve('node_modules/.cache/lync-drain/native-programs');

/** Their names in what we ship. */
export const COUNTER_READER = 'lync-drain-counters.exe';
export const LAUNCHER = 'lync-drain.exe';
export const EVENT_REPORTER = 'lync-drain-events.exe';
export const MACHINE_PATH = 'lync-drain-path.exe';
export const REMOTE_SERVICES = 'lync-drain-remote.exe';

const COMPILER = 'x86_64-w64-mingw32-gcc';
const MESSAGE_COMPILER = 'x86_64-w64-mingw32-windmc';
const RESOURCE_COMPILER = 'x86_64-w64-mingw32-windres';

/** No symbols, and the same bytes from the same text: without the time at which it was linked. */
const FLAGS = ['-O2', '-Wall', '-Wextra', '-Werror', '-s', '-Wl,--no-insert-timestamp'];
const NO_WINDOW = '-mwindows';

/** @returns {Promise<string>} the absolute path of the program that reads counters */
export async function provideCounterReader() {
  const folder = join(SOURCES, 'counter-reader');
  return compile(COUNTER_READER, [...FLAGS, NO_WINDOW], [join(folder, 'counter-reader.c')], await filesIn(folder));
}

/**
 * The program that starts Node on the command line edition.
 *
 * @param {readonly string[]} [doubles] for tests only: C files that stand in for what the launcher asks Windows about folders and accounts
 * @returns {Promise<string>} its absolute path
 */
export async function provideLauncher(doubles) {
  const folder = join(SOURCES, 'launcher');
  const files = await filesIn(folder);
  const questions = ['read-descriptor.c', 'own-account.c'];
  const sources = files.filter((file) => file.endsWith('.c') && !(doubles !== undefined && questions.includes(basename(file))));
  return compile(LAUNCHER, [...FLAGS, `-I${folder}`], [...sources, ...(doubles ?? [])], [...files, ...(doubles ?? [])]);
}

/** Libraries of Windows' that the programs of the acceptance kit use. */
const KIT_LIBRARIES = ['-lws2_32', '-liphlpapi', '-lpdh', '-luser32'];

/** @returns {Promise<string>} the absolute path of the service that carries sessions, which the tests use too */
export function provideSessionService() {
  return provideForKit(
    'session-service.exe',
    [join(TEST_PROGRAMS, 'session-service.c')],
    [join(TEST_PROGRAMS, 'session-service-switches.h')],
  );
}

/** @returns {Promise<string>} the absolute path of the program that asks the service control manager past the product */
export function provideScmWitness() {
  return provideForKit('scm-witness.exe', [join(TEST_PROGRAMS, 'scm-witness.c')], []);
}

/** @returns {Promise<string>} the absolute path of the program that looks at the rest of a machine */
export async function provideMachineWitness() {
  const files = await filesIn('acceptance/native');
  const isSource = (/** @type {string} */ file) => file.endsWith('.c');
  return provideForKit(
    'machine-witness.exe',
    files.filter(isSource),
    files.filter((file) => !isSource(file)),
  );
}

/**
 * @param {string} name
 * @param {readonly string[]} sources
 * @param {readonly string[]} headers
 */
function provideForKit(name, sources, headers) {
  return compile(name, [...FLAGS, '-municode'], [...sources, ...KIT_LIBRARIES], [...sources, ...headers]);
}

/** @returns {Promise<string>} the absolute path of the program that writes events and holds their texts */
export async function provideEventReporter() {
  const folder = join(SOURCES, 'event-reporter');
  const files = await filesIn(folder);
  const messages = await compileMessages(join(folder, 'lync-drain-events.mc'), await digestOf([], files));
  return compile(EVENT_REPORTER, [...FLAGS, '-municode', NO_WINDOW], [join(folder, 'event-reporter.c'), messages], files);
}

/** @returns {Promise<string>} the absolute path of the program that asks another computer for its services */
export async function provideRemoteServices() {
  const files = await filesIn(join(SOURCES, 'remote-services'));
  return compile(REMOTE_SERVICES, [...FLAGS, '-municode', NO_WINDOW], files, files);
}

/** @returns {Promise<string>} the absolute path of the program that puts a folder on the machine's path */
export async function provideMachinePath() {
  const files = await filesIn(join(SOURCES, 'machine-path'));
  return compile(MACHINE_PATH, [...FLAGS, '-municode'], files, files);
}

/**
 * Compiles texts of events into a resource that can be linked.
 *
 * @param {string} source
 * @param {string} digest of all that it is made of
 */
async function compileMessages(source, digest) {
  const folder = join(CACHE, digest, `messages-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const object = join(folder, 'messages.o');
  const name = basename(source, '.mc');
  const steps = /** @type {const} */ ([
    [MESSAGE_COMPILER, ['-C', '65001', '-U', '-h', folder, '-r', folder, source]],
    [RESOURCE_COMPILER, ['-I', folder, join(folder, `${name}.rc`), object]],
  ]);
  for (const [program, args] of steps) {
    const { code, output } = await capture(program, args);
    if (code !== 0) throw new Error(`${source} could not be compiled (Debian: binutils-mingw-w64-x86-64):\n${output}`);
  }
  return object;
}

/**
 * Compiles a program, or takes what was compiled from the same text before.
 *
 * @param {string} name
 * @param {readonly string[]} flags
 * @param {readonly string[]} sources
 * @param {readonly string[]} files all that it is made of
 * @returns {Promise<string>} the program's absolute path
 */
async function compile(name, flags, sources, files) {
  const folder = join(CACHE, await digestOf(flags, files));
  const program = join(folder, name);
  if (await exists(program)) return program;
  await mkdir(folder, { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  const { code, output } = await capture(COMPILER, [...flags, '-o', unfinished, ...sources, '-ladvapi32']);
  if (code !== 0) throw new Error(`${name} could not be compiled (Debian: gcc-mingw-w64-x86-64):\n${output}`);
  await rename(unfinished, program);
  return program;
}

/**
 * @param {readonly string[]} flags
 * @param {readonly string[]} files
 */
async function digestOf(flags, files) {
  const hash = createHash('sha256').update(flags.join(' '));
  for (const file of files) hash.update(file).update(await readFile(file));
  return hash.digest('hex').slice(0, 16);
}

/** @param {string} folder */
async function filesIn(folder) {
  return (await readdir(folder)).sort().map((name) => join(folder, name));
}

/** @param {string} path */
function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const programs = [provideCounterReader, () => provideLauncher(), provideEventReporter, provideMachinePath, provideRemoteServices];
  for (const provide of programs) console.log(await provide());
}
