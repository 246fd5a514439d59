import type { ProductReading } from '../../../contract/installed-server.js';
import type { ProductSource } from '../../../ports/evidence-sources.js';
import type { ProductInformation } from '../../../ports/installed-product.js';
import { withinDeadline } from '../../time/within-deadline.js';

/**
 * Where Lync Server and Skype for Business Server of every version write theirs, below HKEY_LOCAL_MACHINE (field reports, and a public
 * scanner of installed software, which calls this key the core components).
 */
const PRODUCT_KEY = 'SOFTWARE\\Microsoft\\Real-Time Communications\\{A766C25B-A1D1-4711-A726-AC3E7CA4AAB3}';
const VERSION_VALUE = 'Version';

/** Versions as they are written: `5.0.8308.0`. What follows behind a blank is not taken over. */
const VERSION = /^(\d{1,3})(?:\.\d{1,10}){1,5}/;

/** The registry answers in well under a millisecond. */
const DEADLINE_MS = 1_000;

/** What is installed, as the registry says it; read once, because servers are not upgraded under a program that runs. */
export function createProductSource(
  readMachineText: (key: string, value: string) => Promise<string | null>,
  deadlineMs = DEADLINE_MS,
): ProductSource & ProductInformation {
  let known: Extract<ProductReading, { known: true }> | null = null;
  let isOverdue = false;
  /** One question at a time: a look at the server has two who ask. */
  let asked: Promise<ProductReading> | null = null;
  const askRegistry = async (): Promise<ProductReading> => {
    known ??= parseVersion((await readMachineText(PRODUCT_KEY, VERSION_VALUE)) ?? '');
    isOverdue = false;
    return known ?? { known: false, reason: 'not-told' };
  };
  const ask = (): Promise<ProductReading> => (asked ??= askRegistry().finally(() => (asked = null)));
  return {
    async readMajorVersion() {
      const product = await ask();
      return product.known ? product.majorVersion : null;
    },
    async read() {
      if (known !== null) return known;
      // One that hangs is not asked again and again.
      if (isOverdue) return LATE;
      isOverdue = true;
      const answer = await withinDeadline(ask(), deadlineMs, LATE).catch((): ProductReading => ({ known: false, reason: 'failed' }));
      isOverdue = answer === LATE;
      return answer;
    },
  };
}

const LATE: ProductReading = { known: false, reason: 'did-not-answer' };

function parseVersion(text: string): Extract<ProductReading, { known: true }> | null {
  const found = VERSION.exec(text.trim());
  return found === null ? null : { known: true, version: found[0], majorVersion: Number(found[1]) };
}
