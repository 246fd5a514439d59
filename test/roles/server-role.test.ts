import { describe, expect, it } from 'vitest';

import { nameOfProduct } from '../../electron/contract/installed-server.js';
import { CATALOGUE } from '../../electron/core/catalogue/catalogue.js';
import { heldFunctions } from '../../electron/core/catalogue/held-functions.js';
import { readEdition, readRole } from '../../electron/core/catalogue/server-role.js';
import { evidenceOf } from '../../electron/core/evidence/evidence-table.js';
import { formatInstalledServer } from '../../electron/core/language/installed-server.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { sharedProcesses } from '../../electron/core/maintenance/process-groups.js';

const MACHINERY = ['REPLICA', 'RTCCLSAGT', 'MSSQL$RTCLOCAL', 'MSSQL$LYNCLOCAL'];

describe('the role of a server', () => {
  it.each([
    [['RTCSRV', 'RTCIMMCU', 'RTCMEDSRV', 'W3SVC'], 'front-end'],
    [['rtcsrv', 'RtcAvMcu'], 'front-end'],
    [['RTCSRV', 'W3SVC'], 'director'],
    [['RTCSRV', 'RTCMEDIARELAY', 'RTCDATAPROXY', 'RTCMRAUTH'], 'edge'],
    [['RTCSRV', 'RTCMRAUTH', 'W3SVC'], 'edge'],
    [['RTCMEDSRV'], 'mediation'],
    [['RTCMEDSRV', 'W3SVC'], 'mediation'],
    [['RTCCHAT', 'RTCCOMPL'], 'persistent-chat'],
    [['RTCCHAT'], 'persistent-chat'],
    [['RTCSRV', 'RTCMEDSRV'], 'branch-appliance'],
    // What fits no role is not guessed.
    [['RTCSRV'], null],
    [['RTCSRV', 'RTCRGS', 'W3SVC'], null],
    [['RTCSRV', 'RTCMEDSRV', 'RTCRGS'], null],
    [['RTCMEDSRV', 'RTCRGS'], null],
    [['RTCVIS'], null],
    [[], null],
  ])('is told by its services: %j', (services, role) => {
    expect(readRole([...services, ...MACHINERY])).toBe(role);
  });

  it.each([
    [['RTCSRV', 'RTCIMMCU'], null, 'enterprise'],
    [['RTCSRV', 'RTCIMMCU', 'MSSQL$RTC'], true, 'standard'],
    [['RTCSRV', 'RTCIMMCU', 'MSSQL$RTC'], null, null],
    [['RTCSRV', 'RTCIMMCU', 'MSSQL$RTC'], false, null],
    [['RTCMEDSRV', 'MSSQL$RTC'], true, null],
  ] as const)('and its edition by its database and its pool: %j, own pool %s', (services, isOwnPool, edition) => {
    expect(readEdition(services, isOwnPool)).toBe(edition);
  });

  it.each(['director', 'branch-appliance', null] as const)('lets nothing prove the registrar empty if it is: %s', (role) => {
    expect(evidenceOf('RTCSRV', { role, majorVersion: 5 })?.mayProveEmpty).toBeNull();
    expect(evidenceOf('RTCSRV', { role: 'front-end', majorVersion: 5 })?.mayProveEmpty).not.toBeNull();
  });
});

describe('what a service holds', () => {
  it('differs between the roles of one service, and is not guessed', () => {
    const held = (role: Parameters<typeof heldFunctions>[1]): number => heldFunctions('RtcSrv', role).length;
    expect([held('front-end'), held('director'), held('edge'), held('branch-appliance'), held(null)]).toEqual([6, 1, 1, 1, 0]);
    expect(heldFunctions('RTCRGS', null)).toEqual(['response-group', 'announcement']);
    const alone = CATALOGUE.filter(({ serviceName }) => serviceName !== 'RTCSRV' && serviceName !== 'RTCRGS');
    expect(alone.flatMap(({ serviceName }) => heldFunctions(serviceName, 'front-end'))).toEqual([]);
  });

  it('is grouped by process, not by name', () => {
    const row = (serviceName: string, processId: number) => ({ serviceName, processId });
    expect(sharedProcesses([row('A', 4), row('B', 8), row('C', 4), row('D', 0), row('E', 0)])).toEqual([
      { processId: 4, serviceNames: ['A', 'C'] },
    ]);
  });
});

describe('which server it is, in words', () => {
  it.each([
    ['en', 5, 'Front End, Standard Edition · Lync Server 2013 (5.0.1)'],
    ['en', 7, 'Front End, Standard Edition · Skype for Business Server 2019 / Subscription Edition (7.0.1)'],
    ['en', 4, 'Front End, Standard Edition · unknown product, version 4.0.1'],
    ['zh-CN', 6, '前端服务器，标准版 · Skype for Business Server 2015（6.0.1）'],
  ] as const)('%s, version %d', (language, majorVersion, said) => {
    const product = { known: true, version: `${majorVersion}.0.1`, majorVersion } as const;
    expect(formatInstalledServer(createMessages(language), { role: 'front-end', edition: 'standard', product })).toBe(said);
    expect(nameOfProduct(product) === null).toBe(said.includes('unknown'));
  });

  it.each([
    ['not-told', 'Role unknown · product unknown: the registry names none'],
    ['did-not-answer', 'Role unknown · product unknown: the registry did not answer in time'],
    ['failed', 'Role unknown · product unknown: the registry cannot be read'],
  ] as const)('says what is not known, and why: %s', (reason, said) => {
    const product = { known: false, reason } as const;
    expect(formatInstalledServer(createMessages('en'), { role: null, edition: null, product })).toBe(said);
  });
});
