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

/**
 * The same for modules of a browser: what they import with a statement, not by a call.
 * @param names of several modules
 * @param read the text of a file beside them
 */
export function modulesAtOnce(names: readonly string[], read: (name: string) => string): readonly string[] {
  const found = [...names];
  for (const file of found) {
    for (const [, imported = ''] of read(file).matchAll(/(?:^|[;}\s])(?:import|from)\s*"\.\/([^"]+\.js)"/g)) {
      if (!found.includes(imported)) found.push(imported);
    }
  }
  return found;
}
