/**
 * A file of a bundle and all that is loaded with it; what it requires inside a function comes later, or never.
 * @param read the text of a file beside it
 */
export function loadedAtOnce(name: string, read: (name: string) => string): readonly string[] {
  const found = [name];
  for (const file of found) {
    for (const [, required = ''] of read(file).matchAll(/(?<=[=,;])require\("\.\/([^"]+\.cjs)"\)/g)) {
      if (!found.includes(required)) found.push(required);
    }
  }
  return found;
}
