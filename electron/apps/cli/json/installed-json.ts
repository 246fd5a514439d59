import { nameOfProduct, type InstalledServer } from '../../../contract/installed-server.js';
import type { JsonObject } from './json-value.js';

/** Which Lync server this is; what is not known is null, and `productUnknown` says why. */
export function installedJson({ role, edition, product }: InstalledServer): JsonObject {
  return product.known
    ? { role, edition, product: nameOfProduct(product), version: product.version, productUnknown: null }
    : { role, edition, product: null, version: null, productUnknown: product.reason };
}
