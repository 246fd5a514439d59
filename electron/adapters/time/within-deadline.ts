/**
 * Waits for an answer no longer than so many milliseconds of real time. Rejects as the answer does, unless it is too late by then.
 * @param late what is answered then
 */
export async function withinDeadline<Answer, Late>(asked: Promise<Answer>, deadlineMs: number, late: Late): Promise<Answer | Late> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(late), deadlineMs);
  });
  try {
    return await Promise.race([asked, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
