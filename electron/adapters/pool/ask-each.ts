/** Puts a question for each one of a queue, so many at one time. A caller that empties the queue has no further one asked. */
export async function askEach<T>(queue: T[], atOnce: number, ask: (one: T) => Promise<void>): Promise<void> {
  const askOn = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) await ask(one);
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
}
