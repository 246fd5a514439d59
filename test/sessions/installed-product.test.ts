import { describe, expect, it } from 'vitest';

import { createProductSource } from '../../electron/adapters/windows/evidence/installed-product.js';

describe('the installed product', () => {
  it.each([
    ['5.0.8308.1149', 5],
    ['6.0.9319.0', 6],
    [' 7.0.2046.0 ', 7],
    ['', null],
    ['2013', null],
    ['x.5', null],
    [null, null],
  ])('is told by the version in the registry: %j', async (text, major) => {
    const asked: string[] = [];
    const source = createProductSource(async (key, value) => {
      asked.push(`${key} ${value}`);
      return text;
    });
    expect(await source.readMajorVersion()).toBe(major);
    expect(asked).toEqual(['SOFTWARE\\Microsoft\\Real-Time Communications\\{A766C25B-A1D1-4711-A726-AC3E7CA4AAB3} Version']);
  });

  it('is asked for once by two who ask at the same time', async () => {
    let asked = 0;
    const source = createProductSource(async () => {
      asked += 1;
      return '6.0.9319.0';
    });
    expect(await Promise.all([source.read(), source.readMajorVersion()])).toEqual([
      { known: true, version: '6.0.9319.0', majorVersion: 6 },
      6,
    ]);
    expect(asked).toBe(1);
  });

  it('is read once, and again after a reading that failed', async () => {
    const answers = [
      Promise.reject(new Error('RegGetValueW: error 5')),
      Promise.resolve('5.0.8308.0'),
      Promise.reject(new Error('asked again')),
    ];
    for (const answer of answers) answer.catch(() => undefined);
    const source = createProductSource(() => answers.shift() ?? Promise.resolve(null));
    await expect(source.readMajorVersion()).rejects.toThrow('error 5');
    expect(await source.readMajorVersion()).toBe(5);
    expect(await source.readMajorVersion()).toBe(5);
  });
});
