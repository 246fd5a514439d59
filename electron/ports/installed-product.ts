import type { ProductReading } from '../contract/installed-server.js';

/** The port to which product is installed here. */
export interface ProductInformation {
  /** Never rejects, and answers within a deadline of its own: neither a pause nor the way back waits for a name. */
  read(): Promise<ProductReading>;
}
