import { describe, expect, it } from 'vitest';

import { readMembersAnswer, readReadinessAnswer } from '../../electron/adapters/powershell/pool-answers.js';

function printed(answer: object): string {
  return `noise LYNC-DRAIN-ANSWER:${Buffer.from(JSON.stringify(answer)).toString('base64')}\n`;
}

const DENIED = { outcome: 'failed', errorId: 'X', message: 'no', types: ['System.UnauthorizedAccessException'] };

function copyOf(...clusters: readonly object[]): string {
  return printed({ outcome: 'read', own: 'fe01.contoso.com', pool: DENIED, copy: { outcome: 'read', value: { clusters } } });
}

describe('the cluster of the local copy that is ours', () => {
  it('is the one with the whole name of this computer, whatever its letter case', () => {
    const answer = copyOf(
      { fqdn: 'a.contoso.com', members: ['fe01.contoso.com.evil'] },
      { fqdn: 'b.contoso.com', members: 'FE01.Contoso.com' },
    );
    expect(readMembersAnswer(answer)).toEqual({
      kind: 'read',
      value: { fqdn: 'b.contoso.com', members: ['FE01.Contoso.com'], own: 'fe01.contoso.com' },
    });
  });

  it('is not guessed where two have it', () => {
    const both = [
      { fqdn: 'a.contoso.com', members: ['fe01.contoso.com'] },
      { fqdn: 'b.contoso.com', members: ['fe01.contoso.com'] },
    ];
    expect(readMembersAnswer(copyOf(...both))).toMatchObject({ kind: 'unavailable', trouble: 'not-told' });
  });

  it('counts a server once', () => {
    const answer = copyOf({ fqdn: 'a.contoso.com', members: ['fe01.contoso.com', 'FE01.contoso.com', '', 'fe02.contoso.com'] });
    expect(readMembersAnswer(answer)).toMatchObject({ value: { members: ['FE01.contoso.com', 'fe02.contoso.com'] } });
  });
});

describe('this computer among the servers of the pool', () => {
  const ownOf = (topology: string | undefined): unknown => {
    const value = { fqdn: 'pool01.contoso.com', members: ['fe01.contoso.com', 'fe02.contoso.com'], own: topology };
    const said = readMembersAnswer(printed({ outcome: 'read', own: 'FE01', pool: { outcome: 'read', value }, copy: null }));
    return said.kind === 'read' ? said.value.own : said;
  };

  it('is as the topology has it, and as the network does where that is none of them', () => {
    expect(ownOf('FE01.contoso.com')).toBe('FE01.contoso.com');
    expect(ownOf('Microsoft.Rtc.Management.Xds.DisplayComputer')).toBe('FE01');
    expect(ownOf(undefined)).toBe('FE01');
  });
});

describe('the readiness among values whose names are not public', () => {
  const read = (...values: readonly (readonly [string, string])[]) =>
    readReadinessAnswer(
      printed({ outcome: 'read', cmdlet: 'Get-CsUpgradeDomainInfo', values: values.map(([path, value]) => ({ path, value })) }),
    );

  it('is the worst state, and no part of another word', () => {
    expect(read(['.A', 'Ready'], ['.B[].C', ' busy '])).toMatchObject({ value: { state: 'busy' } });
    expect(read(['.A', 'InsufficientActiveFrontEnds'], ['.B', 'Busy'])).toMatchObject({ value: { state: 'insufficient' } });
    expect(read(['.A', 'NotReady'])).toMatchObject({ kind: 'unavailable', trouble: 'not-told' });
  });

  it('tells no number of active Front Ends that two properties say differently, or one further down', () => {
    const state = ['.State', 'Ready'] as const;
    expect(read(state, ['.ActiveFrontEnds', '2'], ['.TotalActiveFrontEnds', '3'])).toMatchObject({ value: { active: null } });
    expect(read(state, ['.Domain[].ActiveFrontEnds', '2'])).toMatchObject({ value: { active: null } });
    expect(read(state, ['.ActiveFrontEnds', '2'])).toMatchObject({ value: { active: 2 } });
  });

  it.each(['', 'nothing', 'LYNC-DRAIN-ANSWER:!!!'])('is not known from %j', (output) => {
    expect(readReadinessAnswer(output)).toMatchObject({ kind: 'unavailable', trouble: 'cmdlet-failed' });
  });
});
