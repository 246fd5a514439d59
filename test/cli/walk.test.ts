import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ROLE_SCENARIOS } from '../../electron/adapters/simulator/role-inventory.js';
import { walkThrough } from '../../electron/apps/cli/walk-through.js';
import { createMessages } from '../../electron/core/language/messages.js';
import { terminalTextsOf } from '../../electron/core/language/terminal-texts.js';
import { missingAcceptances } from '../../electron/core/maintenance/missing-acceptances.js';
import { TimedCli } from '../harness/cli/timed-cli.js';

const SPEED = 40;
const texts = terminalTextsOf('en').walk;

let cli: TimedCli;
let said: string[];

beforeEach(() => {
  cli = new TimedCli();
  said = [];
});

afterEach(() => cli.remove());

interface Row {
  readonly serviceName: string;
  readonly state: string;
  readonly startType: string;
  readonly delayed: boolean;
}

async function services(...more: string[]): Promise<readonly unknown[]> {
  const { services: rows } = JSON.parse((await cli.run('services', '--json', ...more)).out) as { services: readonly Row[] };
  return rows.map(({ serviceName, state, startType, delayed }) => [serviceName, state, startType, delayed]);
}

function walk(scenario: string): Promise<boolean> {
  return walkThrough({
    ...{
      texts,
      scenario,
      speed: SPEED,
      missingAcceptances: async () => missingAcceptances(await cli.observe()),
      restart: () => cli.restart(),
    },
    tell: async (sentence, params) => void said.push(createMessages('en').format(sentence, params)),
    run: async (...typed) => {
      const { exitCode, out } = await cli.run(...typed);
      said.push(`> ${typed.join(' ')}`, out);
      return exitCode ?? -1;
    },
  });
}

const BY_HAND: Readonly<Record<string, readonly string[]>> = {
  director: ['RTCSRV'],
  edge: ['RTCDATAPROXY'],
  'persistent-chat': ['RTCCHAT', 'RTCCOMPL'],
  'branch-appliance': ['RTCSRV'],
};

describe('the walk', () => {
  it.each(ROLE_SCENARIOS.map(({ id }) => id))('goes to the way back on a server of its own role: %s', async (id) => {
    const before = await services(`--simulate=${id}`, '--seed', '7', '--speed', String(SPEED));
    const isComplete = await walk(id);
    expect([isComplete, said.at(-1)]).toEqual([true, texts.end]);
    expect(said.join('\n').replace(/\s+/g, ' ')).toContain('and every planned service stayed stopped.');
    expect(said[1]).toBe(`The server: ${id}.`);
    const byHand = BY_HAND[id.replace(/-20\d\d$/, '')] ?? [];
    expect(said.filter((line) => line.startsWith('> accept'))).toEqual(
      byHand.length === 0 ? [] : [`> accept ${byHand.join(' ')} --note looked at its connections`],
    );
    expect(said).toContain(byHand.length === 0 ? texts.confirm : texts.confirmAccepted);
    expect(await services()).toEqual(before);
  });

  it('stops where a command does not end as it should, and claims nothing that was not done', async () => {
    await services('--simulate=other-paused', '--speed', String(SPEED));
    expect(await walk('other-paused')).toBe(false);
    expect(said.filter((line) => line.startsWith('> '))).toEqual(['> plan']);
    expect(said).not.toContain(texts.end);
  });
});
