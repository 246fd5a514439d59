/**
 * FNV-1a over words of four bytes. It finds damage; nobody is kept from writing what carries it. For a SHA-256, Node would load
 * modules that cost a cold `status` more than all its reading.
 */
export function digestOf(state: unknown): string {
  const text = Buffer.from(JSON.stringify({ state }), 'utf8');
  const words = new Uint32Array(Math.ceil(text.length / 4));
  new Uint8Array(words.buffer).set(text);
  const hash = words.reduce((folded, word) => Math.imul(folded ^ word, 0x01000193) >>> 0, text.length);
  return hash.toString(16).padStart(8, '0');
}
