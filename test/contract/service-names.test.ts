import { describe, expect, it } from 'vitest';

import { distinctServices, isSameService, namesService, ServiceMap } from '../../electron/contract/service-names.js';

describe('service names', () => {
  it('are the same whatever their letter case', () => {
    expect(isSameService('RTCSRV', 'RtcSrv')).toBe(true);
    expect(isSameService('MSSQL$RTC', 'mssql$rtc')).toBe(true);
    expect(isSameService('RTCSRV', 'RTCSRV2')).toBe(false);
    expect(namesService(['RTCRGS', 'RtcSrv'], 'RTCSRV')).toBe(true);
    expect(namesService(['RTCRGS'], 'RTCSRV')).toBe(false);
  });

  it('are each kept once, as they were written first', () => {
    expect(distinctServices(['RTCSRV', 'RTCRGS', 'RtcSrv', 'rtcrgs'])).toEqual(['RTCSRV', 'RTCRGS']);
  });
});

describe('a map by service name', () => {
  it('finds, replaces and removes a service however it is written', () => {
    const map = new ServiceMap([['RtcSrv', 1]]);
    expect(map.get('RTCSRV')).toBe(1);
    expect(map.has('rtcsrv')).toBe(true);
    map.set('RTCSRV', 2);
    expect([...map]).toEqual([['RtcSrv', 2]]);
    expect(map.delete('RTCSRV')).toBe(true);
    expect(map.get('RtcSrv')).toBeUndefined();
    map.set('RTCSRV', 3);
    expect([...map.keys()]).toEqual(['RTCSRV']);
    map.clear();
    expect([map.size, map.has('RTCSRV')]).toEqual([0, false]);
  });
});
