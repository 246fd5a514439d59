/**
 * @param {string} name
 * @returns {string | undefined} what stands behind `--name` on this script's command line
 */
export function optionValue(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}
