/**
 * The map of the code: which folders make up a room, and which rooms it may import. Everything that holds the layers comes from
 * here: the linter (eslint.config.js), the compiler's projects and the table in docs/architecture.md (build/write-layers.mjs), and
 * the tests that feed both one wrong import of each kind (test/rules). What is not allowed here is refused.
 *
 * @typedef {object} Room
 * @property {string} holds What it is for, as the table says it.
 * @property {readonly string[]} imports Rooms it may import besides itself.
 * @property {readonly string[]} [files] File names in its folder, where it is not the whole folder with all below.
 * @property {boolean} [isPure] Decides only: no Node, no Electron, no clock, no chance.
 * @property {boolean} [takesItsClock] Time comes in from outside, so that a test can move it: no timer and no clock of Node.
 * @property {readonly string[]} [packages] Guarded packages (see `GUARDED_PACKAGES`) it may import.
 * @property {string} [folder] Where it is, if its name does not say it.
 */

/** Packages that only a few places may touch, and what everybody else uses instead. */
export const GUARDED_PACKAGES = {
  electron: 'Electron belongs to electron/apps/tray, electron/main.ts and electron/preload.ts. Take what you need through a port.',
  koffi: 'Native calls belong to electron/adapters/windows. Use the ports ServiceControl, SessionEvidence or FolderProtection.',
  'node-powershell': 'PowerShell belongs to electron/adapters/powershell. Use the port SessionEvidence.',
};

const CORE = ['core/catalogue', 'core/maintenance', 'core/language', 'core/report'];
const ENGINE = ['contract', 'core/catalogue', 'core/maintenance', 'ports'];
const APP = ['contract', ...CORE, 'ports', 'engine'];
const WINDOWS = ['adapters/windows/koffi', 'adapters/windows/services', 'adapters/windows/evidence', 'adapters/windows/tasks'];
const ADAPTERS = [
  ...WINDOWS,
  'adapters/powershell',
  'adapters/pool',
  'adapters/storage',
  'adapters/simulator',
  'adapters/layered-evidence',
  'adapters/time',
];
const WINDOW = ['contract', 'core/catalogue', 'core/maintenance', 'core/language'];

/** From the ground up: a room imports only rooms above it in this list. @type {Readonly<Record<string, Room>>} */
export const ROOMS = {
  contract: {
    holds: 'nouns: facts, run, checklist, settings, problems with the numbers of Windows, IPC, what a read run is, units of time',
    imports: [],
    isPure: true,
  },

  'core/catalogue': { holds: 'the services of Lync', imports: ['contract'], isPure: true },
  'core/maintenance': { holds: 'every decision', imports: ['contract', 'core/catalogue'], isPure: true },
  'core/evidence': {
    holds: 'what each source may prove, and what its answers say of the sessions',
    imports: ['contract', 'core/catalogue'],
    isPure: true,
  },
  'core/record': { holds: 'a run folded from its entries; its history of samples', imports: ['contract'], isPure: true },
  'core/language': {
    holds: 'every sentence, in English and Simplified Chinese',
    imports: ['contract', 'core/catalogue', 'core/maintenance'],
    isPure: true,
  },
  'core/report': {
    holds: "a run's record as a document",
    imports: ['contract', 'core/catalogue', 'core/maintenance', 'core/language'],
    isPure: true,
  },

  ports: {
    holds: 'what the engine asks of the world: services, sessions, records and lock, pool, host',
    imports: ['contract'],
    takesItsClock: true,
  },
  engine: { holds: 'observe, decide, act: the only part that changes the server', imports: ENGINE, takesItsClock: true },

  'adapters/time': { holds: 'sleeping and deadlines', imports: ['contract', 'ports'] },
  'adapters/layered-evidence': {
    holds: 'several sources as one evidence, each with its own deadline',
    imports: ['contract', 'core/catalogue', 'core/evidence', 'ports'],
  },
  'adapters/windows/koffi': { holds: 'how Windows is called', imports: ['contract', 'ports'], packages: ['koffi'] },
  'adapters/windows/services': {
    holds: 'the service control manager, the host, the protection of folders',
    imports: ['contract', 'ports', 'adapters/time', 'adapters/windows/koffi'],
    packages: ['koffi'],
  },
  'adapters/windows/evidence': {
    holds: 'TCP and UDP tables, performance counters, the installed product',
    imports: ['contract', 'ports', 'adapters/time', 'adapters/windows/koffi'],
    packages: ['koffi'],
  },
  'adapters/windows/tasks': {
    holds: 'scheduled tasks: the end of a quick pause, and what all tasks share',
    imports: ['contract', 'ports', 'adapters/windows/koffi'],
    packages: ['koffi'],
  },
  'adapters/windows/desktop': {
    holds: 'taskbar, start with Windows, turning the machine off',
    imports: ['contract', 'ports', 'adapters/windows/koffi', 'adapters/windows/tasks'],
    packages: ['koffi'],
  },
  'adapters/powershell': {
    holds: 'the cmdlets of Lync: activities, and the pool',
    imports: ['contract', 'core/evidence', 'ports'],
    packages: ['node-powershell'],
  },
  'adapters/pool': { holds: 'the pool, as DNS, cmdlets and the administrator tell it', imports: ['contract', 'ports', 'adapters/time'] },
  'adapters/storage': { holds: 'records, lock, settings and log in the data folder', imports: ['contract', 'core/record', 'ports'] },
  'adapters/simulator': {
    holds: 'a server to practise on',
    imports: ['contract', 'core/catalogue', 'core/evidence', 'ports', 'adapters/time', 'adapters/layered-evidence'],
  },

  'apps/cli': { holds: 'the command line', imports: APP, takesItsClock: true },
  'apps/tray': { holds: 'the tray app', imports: APP, takesItsClock: true, packages: ['electron'] },

  composition: {
    holds: 'puts the parts together for this machine; the only reader of the platform',
    imports: [...ENGINE, 'engine', ...ADAPTERS],
  },
  doors: {
    holds: 'where programs begin: the tray app, the command line, the walk in the terminal',
    folder: 'electron',
    files: ['main.ts', 'quick-start.ts', 'cli.ts', 'walk.ts'],
    imports: [...APP, ...ADAPTERS, 'adapters/windows/desktop', 'apps/cli', 'apps/tray', 'composition'],
    packages: ['electron'],
  },
  preload: { holds: 'the bridge to the window', folder: 'electron', files: ['preload.ts'], imports: ['contract'], packages: ['electron'] },

  acceptance: {
    holds: 'the acceptance kit: proves the packaged command line on a lab Windows, by witnesses of its own and by nothing of the product',
    folder: 'acceptance',
    imports: [],
  },

  'renderer/store': {
    holds: 'what the window knows: the newest snapshot, the language, the calls',
    folder: 'renderer/store',
    imports: WINDOW,
  },
  'renderer/components': {
    holds: 'services, verdict, acceptance, and the small parts',
    folder: 'renderer/components',
    imports: [...WINDOW, 'renderer/store'],
  },
  'renderer/steps': { holds: 'the seven steps', folder: 'renderer/steps', imports: [...WINDOW, 'renderer/store', 'renderer/components'] },
  'renderer/app': {
    holds: 'frame, pages, theme',
    folder: 'renderer/app',
    imports: [...WINDOW, 'renderer/store', 'renderer/components', 'renderer/steps'],
  },
  'renderer/window': {
    holds: 'where the window begins',
    folder: 'renderer',
    files: ['window.tsx'],
    imports: ['contract', 'renderer/store', 'renderer/app'],
  },
};

/**
 * @param {string} name of a room
 * @returns {string} its folder, from the project's root
 */
export function folderOf(name) {
  return ROOMS[name]?.folder ?? `electron/${name}`;
}

/**
 * @param {string} name of a room
 * @returns {readonly string[]} the patterns of its files, from the project's root
 */
export function filesOf(name) {
  const folder = folderOf(name);
  return ROOMS[name]?.files?.map((file) => `${folder}/${file}`) ?? [`${folder}/**/*.${folder.startsWith('renderer') ? '{ts,tsx}' : 'ts'}`];
}

/** The one place that may ask which system it runs on. */
export const PLATFORM_READER = 'electron/composition/open-machine.ts';
