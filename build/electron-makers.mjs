/**
 * The Electron of its makers: the archive that npm's package `electron` names, known by the SHA-256 that the same package brings
 * (`checksums.json`). npm runs no script of any package here, so it is fetched when it is first needed, by the package's own downloader.
 */
import { createHash } from 'node:crypto';
import { lookup } from 'node:dns';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** What belongs to the package `electron`, at the versions that it was published with. */
const ofElectron = createRequire(createRequire(import.meta.url).resolve('electron/package.json'));
/** @type {{ readonly version: string }} */
const { version: VERSION } = ofElectron('./package.json');

const DOWNLOADS = 'https://github.com/electron/electron/releases/download/';
/** Longer than a name that exists takes; where no name is found, a system may try for half a minute. */
const LOOKUP_PATIENCE_MS = 5_000;

/**
 * @typedef {object} Wanted
 * @property {string} platform as Node names it
 * @property {string} arch as Node names it
 */

/**
 * @param {Wanted} wanted
 * @returns {string} the name of the archive
 */
export function makersArchive({ platform, arch }) {
  return `electron-v${VERSION}-${platform}-${arch}.zip`;
}

/**
 * Fetches the archive and unpacks it into a folder that is not there yet. Works behind a proxy and with a mirror, as `@electron/get`
 * documents (`ELECTRON_GET_USE_PROXY`, `ELECTRON_MIRROR`).
 *
 * @param {Wanted} wanted
 * @param {string} target
 * @throws {Error} with one line that says what stood in the way
 */
export async function fetchMakersElectron({ platform, arch }, target) {
  const mirror = process.env['ELECTRON_MIRROR'] ?? process.env['npm_config_electron_mirror'] ?? DOWNLOADS;
  if (!process.env['ELECTRON_GET_USE_PROXY']) await requireKnownHost(new URL(mirror).hostname);
  console.log(`Fetching Electron ${VERSION} for ${platform} (about 90 MB, once) from its makers…`);
  const zip = await ofElectron('@electron/get').downloadArtifact({
    ...{ version: VERSION, artifactName: 'electron', platform, arch },
    checksums: ofElectron('./checksums.json'),
    downloadOptions: { retry: 0, timeout: { connect: 10_000 } },
  });
  await unpackMakersElectron(zip, { platform, arch }, target);
}

/**
 * Unpacks an archive that is here already.
 *
 * @param {string} zip
 * @param {Wanted} wanted
 * @param {string} target a folder that is not there yet
 * @throws {Error} if it is not, byte for byte, the archive that Electron's makers published
 */
export async function unpackMakersElectron(zip, wanted, target) {
  const name = makersArchive(wanted);
  /** @type {Readonly<Record<string, string>>} */
  const published = ofElectron('./checksums.json');
  const hash = createHash('sha256');
  await pipeline(createReadStream(zip), hash);
  if (hash.digest('hex') !== published[name]) throw new Error(`${zip} is not the ${name} that Electron's makers published`);
  await mkdir(join(target, '..'), { recursive: true });
  const unfinished = await mkdtemp(`${target}-`);
  try {
    await ofElectron('extract-zip')(zip, { dir: unfinished });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process may have unpacked the same, and the first one to finish is as good as ours.
    if (!existsSync(join(target, 'version'))) throw error;
  }
}

/** @param {string} host */
async function requireKnownHost(host) {
  await new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => reject(new Error(`${host} is not found`)), LOOKUP_PATIENCE_MS);
    lookup(host, (error) => {
      clearTimeout(giveUp);
      if (error === null) resolve(undefined);
      else reject(new Error(`${host} is not found`));
    });
  });
}
