import type { ProductSource } from '../../../ports/evidence-sources.js';

/** Where Lync Server and Skype for Business Server of every version write theirs, below HKEY_LOCAL_MACHINE (field reports). */
const PRODUCT_KEY = 'SOFTWARE\\Microsoft\\Real-Time Communications\\{A766C25B-A1D1-4711-A726-AC3E7CA4AAB3}';
const VERSION_VALUE = 'Version';

/** Versions as they are written: `5.0.8308.0`. */
const VERSION = /^(\d{1,3})\.\d+/;

/** What is installed, as the registry says it; read once, because servers are not upgraded under a program that runs. */
export function createProductSource(readMachineText: (key: string, value: string) => Promise<string | null>): ProductSource {
  let known: number | null = null;
  return {
    async readMajorVersion() {
      known ??= majorOf((await readMachineText(PRODUCT_KEY, VERSION_VALUE)) ?? '');
      return known;
    },
  };
}

function majorOf(version: string): number | null {
  const major = VERSION.exec(version.trim())?.[1];
  return major === undefined ? null : Number(major);
}
