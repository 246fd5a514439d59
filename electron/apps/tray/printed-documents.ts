/** Only the pages to be printed have it. */
export const PRINT_SCHEME = 'lync-drain-print';

/** Documents on their way to a printer, each under an address of its own: two may be printed at once. */
export class PrintedDocuments {
  readonly #documents = new Map<string, Buffer>();
  #added = 0;

  /** @returns the document's address */
  add(html: string): string {
    this.#added += 1;
    const address = `${PRINT_SCHEME}://report/${this.#added}`;
    this.#documents.set(address, Buffer.from(html, 'utf8'));
    return address;
  }

  /** What stands at an address; empty for any but those that were added and not removed. */
  read(address: string): Buffer {
    return this.#documents.get(address) ?? Buffer.alloc(0);
  }

  remove(address: string): void {
    this.#documents.delete(address);
  }
}
