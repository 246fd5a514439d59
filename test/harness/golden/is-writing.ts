/**
 * True if the kept files are to be written instead of judged.
 * @throws Error in CI, where a test that writes its own answer would always pass
 */
export function isWriting(environment: NodeJS.ProcessEnv): boolean {
  if (environment['LYNC_DRAIN_WRITE_GOLDEN'] !== '1') return false;
  if (environment['CI'] === 'true') throw new Error('LYNC_DRAIN_WRITE_GOLDEN must not be set in CI: the kept files are judged there.');
  return true;
}
