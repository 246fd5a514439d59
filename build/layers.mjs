/**
 * The map of the code: which files make up a zone, which zones it may import, and which guarded packages it may use.
 * The linter enforces it (eslint.config.js), the compiler enforces the same arrows through project references, and
 * test/rules feeds both one wrong import of each kind. What is not allowed here is refused.
 *
 * @typedef {object} Zone
 * @property {string} files Pattern of the zone's files, from the project's root.
 * @property {readonly string[]} imports Zones it may import besides itself.
 * @property {boolean} [isPure] Decides only: no Node, no Electron, no clock, no chance.
 * @property {readonly string[]} [packages] Guarded packages (see `GUARDED_PACKAGES`) it may import.
 */

/** Packages that only a few places may touch, and what everybody else uses instead. */
export const GUARDED_PACKAGES = {
  electron: 'Electron belongs to electron/shell, electron/main.ts and electron/preload.ts. Take what you need through a port.',
  koffi: 'Native calls belong to the Windows adapters. Use the ports ServiceControl, SessionEvidence or FolderProtection.',
  'node-powershell': 'PowerShell belongs to electron/lync/powershell. Use the port SessionEvidence.',
};

const NOUNS = ['contract', 'catalogue'];
const PORTS = ['service-control', 'sessions', 'record-ports'];
const ADAPTERS = [
  'service-control-win32',
  'service-control-simulated',
  'sessions-tcp',
  'sessions-udp',
  'sessions-counters',
  'sessions-simulated',
  'record',
  'powershell',
  'logging',
];
const FRONT = [...NOUNS, 'maintenance', 'language', ...PORTS, 'engine', 'report', 'logging'];

/** @type {Readonly<Record<string, Zone>>} */
export const ZONES = {
  contract: { files: 'electron/contract/*.ts', imports: [], isPure: true },
  catalogue: { files: 'electron/lync/*.ts', imports: ['contract'], isPure: true },
  maintenance: { files: 'electron/maintenance/**/*.ts', imports: NOUNS, isPure: true },
  language: { files: 'electron/language/**/*.ts', imports: [...NOUNS, 'maintenance'], isPure: true },

  'service-control': { files: 'electron/service-control/*.ts', imports: ['contract'] },
  sessions: { files: 'electron/sessions/*.ts', imports: NOUNS },
  'record-ports': { files: 'electron/record/{run-records,record-left,folder-protection}.ts', imports: ['contract'] },

  'service-control-win32': {
    files: 'electron/service-control/win32/**/*.ts',
    imports: ['contract', 'service-control', 'record-ports'],
    packages: ['koffi'],
  },
  'service-control-simulated': {
    files: 'electron/service-control/simulated/**/*.ts',
    imports: [...NOUNS, 'service-control'],
  },
  'sessions-tcp': {
    files: 'electron/sessions/tcp/**/*.ts',
    imports: [...NOUNS, 'sessions', 'service-control-win32'],
    packages: ['koffi'],
  },
  'sessions-udp': {
    files: 'electron/sessions/udp/**/*.ts',
    imports: [...NOUNS, 'sessions', 'sessions-tcp', 'service-control-win32'],
  },
  'sessions-counters': {
    files: 'electron/sessions/counters/**/*.ts',
    imports: [...NOUNS, 'sessions'],
  },
  'sessions-simulated': {
    files: 'electron/sessions/simulated/**/*.ts',
    imports: [...NOUNS, 'sessions', 'service-control-simulated'],
  },
  record: {
    files: 'electron/record/!(run-records|record-left|folder-protection).ts',
    imports: ['contract', 'record-ports', 'service-control'],
  },
  powershell: {
    files: 'electron/lync/powershell/**/*.ts',
    imports: [...NOUNS, 'sessions'],
    packages: ['node-powershell'],
  },
  logging: { files: 'electron/logging/**/*.ts', imports: ['contract'] },

  engine: { files: 'electron/engine/**/*.ts', imports: [...NOUNS, 'maintenance', ...PORTS] },
  report: { files: 'electron/report/**/*.ts', imports: [...NOUNS, 'maintenance', 'language', 'record-ports'], isPure: true },
  cli: { files: 'electron/cli/**/!(main|walk).ts', imports: FRONT },
  shell: { files: 'electron/shell/*.ts', imports: FRONT, packages: ['electron'] },
  'shell-win32': { files: 'electron/shell/win32/**/*.ts', imports: ['service-control-win32'], packages: ['koffi'] },
  renderer: { files: 'renderer/**/*.{ts,tsx}', imports: [...NOUNS, 'maintenance', 'language'] },

  'this-server': { files: 'electron/{this-server,data-folder,server-parts,simulated-parts,windows-parts}.ts', imports: [...NOUNS, 'maintenance', ...PORTS, ...ADAPTERS, 'engine'] },
  'cli-root': { files: 'electron/cli/{main,walk}.ts', imports: [...FRONT, ...ADAPTERS, 'cli', 'this-server'] },
  'app-root': {
    files: 'electron/main.ts',
    imports: [...FRONT, ...ADAPTERS, 'shell', 'shell-win32', 'this-server'],
    packages: ['electron'],
  },
  preload: { files: 'electron/preload.ts', imports: ['contract'], packages: ['electron'] },
};

/** The one place that may ask which system it runs on. */
export const PLATFORM_READER = 'electron/composition/this-server.ts';
