import { describe, expect, it } from 'vitest';

import { distinctComputers, firstLabel, isSameComputer, namesComputer } from '../../electron/contract/computer-names.js';

describe('names of computers', () => {
  it('are the same in any case, and whole', () => {
    expect(isSameComputer('FE02.contoso.com', 'fe02.CONTOSO.com')).toBe(true);
    expect(isSameComputer('fe02', 'fe02.contoso.com')).toBe(false);
    expect(namesComputer(['fe01', 'FE02'], 'fe02')).toBe(true);
    expect(namesComputer(['fe01', 'FE02'], 'fe03')).toBe(false);
  });

  it('stand once each in a list', () => {
    expect(distinctComputers(['fe01', 'fe02', 'FE01'])).toEqual(['FE01', 'fe02']);
  });

  it('begin with the name that a computer in no domain calls itself', () => {
    expect([firstLabel('fe01.contoso.com'), firstLabel('FE01')]).toEqual(['fe01', 'FE01']);
  });
});
