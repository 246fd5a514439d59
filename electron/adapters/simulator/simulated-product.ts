import type { ProductInformation } from '../../ports/installed-product.js';
import type { SimulatedState } from './simulated-state.js';

/** The first version of each product, as it was released. */
const FIRST_VERSIONS: Readonly<Record<number, string>> = { 5: '5.0.8308.0', 6: '6.0.9319.0', 7: '7.0.2046.0' };

const LYNC_2013 = 5;

/**
 * What the registry of a simulated server says.
 * @param look the server as it is now
 */
export function createSimulatedProduct(look: () => SimulatedState): ProductInformation {
  return {
    read: async () => {
      const { sources, version } = look();
      const majorVersion = sources?.majorVersion ?? LYNC_2013;
      const written = version ?? FIRST_VERSIONS[majorVersion];
      if (sources?.registry === 'silent' || written === undefined) return { known: false, reason: 'not-told' };
      return { known: true, version: written, majorVersion };
    },
  };
}
