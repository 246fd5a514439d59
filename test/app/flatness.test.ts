import { expect, it } from 'vitest';

import { describeApp } from '../harness/app/describe-app.js';

const WINDOWS = 50;

await describeApp('the tray app’s window', ({ launch }) => {
  it(`leaves no listener and no process behind when it was opened and closed ${WINDOWS} times`, async () => {
    const app = await launch();
    await app.openAndClose(1);
    const [listeners, processes] = [await app.listeners(), await app.processTypes()];
    await app.openAndClose(WINDOWS);
    expect(await app.listeners()).toEqual(listeners);
    await expect.poll(async () => (await app.processTypes()).length).toBeLessThanOrEqual(processes.length);
    expect(await app.processTypes()).not.toContain('Tab');
  });
});
