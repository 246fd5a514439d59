const LOOK_EVERY_MS = 50;

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** True as soon as it holds; false when it did not in time. */
export async function until(holds: () => Promise<boolean> | boolean, patienceMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAt) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/** What came in time; null if nothing did. */
export function inTime<Value>(coming: Promise<Value>, patienceMs: number): Promise<Value | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  return Promise.race([coming, late]).finally(() => clearTimeout(timer));
}
