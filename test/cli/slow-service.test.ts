import { describe, expect, test } from 'vitest';

import type { EngineEvent } from '../../electron/engine/engine.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, drainingRow, NOON, row, run } from '../harness/fakes/checklists.js';

const INSTANT = { at: NOON, upMs: 1 };

const step = (serviceName: string, state: 'doing' | 'done'): EngineEvent => ({
  type: 'step',
  serviceName,
  step: 'pause',
  state,
  problem: null,
  ...INSTANT,
});
const waiting = (serviceName: string, seconds: number, isAnswered: boolean): EngineEvent => ({
  type: 'waiting',
  serviceName,
  step: 'pause',
  state: isAnswered ? 'pause-pending' : 'running',
  sinceMs: seconds * 1000,
  isAnswered,
  ...INSTANT,
});
const looks: EngineEvent = {
  type: 'sessions',
  checklist: checklist({
    run: run(),
    services: [drainingRow('RTCRGS'), row('RTCCPS', { planned: true, state: 'running' })],
    blockers: [{ id: 'blocks-not-paused', params: { serviceName: 'RTCCPS', state: 'running' } }],
    curve: [{ ...INSTANT, sessions: 2 }],
  }),
  ...INSTANT,
};

/** The last thing that was drawn before the command ended. */
function lastFrame(err: string): string {
  const frames = err.split(/\u001b\[\d+A\r/);
  return (frames.find((frame) => frame.includes('sessions left')) ?? '').replace(/\u001b\[\d*[A-Z]|\r/g, '');
}

describe('a service that takes long', () => {
  test('is named on lines that stay after half a minute, and every half minute from then on', async () => {
    const stage = new Stage();
    stage.engine.events = [
      step('RTCRGS', 'doing'),
      ...[5, 10, 15, 20, 25, 30, 35, 60].map((seconds) => waiting('RTCRGS', seconds, true)),
      waiting('RTCCPS', 30, false),
    ];
    const said = (await stage.run('drain', '--no-color')).err.replace(/\s+/g, ' ');
    expect(said.match(/RTCRGS: pause takes long, (30 s|1 min) so far\. State: Pausing/g)).toHaveLength(2);
    expect(said).not.toContain('25 s');
    expect(said).toContain('RTCCPS: pause is not answered, 30 s so far; until it is, Windows passes no order on. State: Running');
  });

  test('is named below the live view, beside the others of its group', async () => {
    const stage = new Stage();
    stage.isTerminal = true;
    stage.engine.events = [step('RTCRGS', 'doing'), step('RTCCAA', 'doing'), step('RTCCAS', 'doing'), waiting('RTCRGS', 5, true), looks];
    const { err } = await stage.run('drain', '--no-color');
    expect(err).toContain('RTCCAA, RTCCAS: pause ...');
    expect(err).toContain('RTCRGS: pause takes long, 5 s so far. State: Pausing');
    expect(err).toContain('1 of 2 services take no new calls.');
    expect(err).not.toContain('RTCCPS is not paused');
  });

  test('leaves the live view when it is done, and what blocks is said again', async () => {
    const stage = new Stage();
    stage.isTerminal = true;
    stage.engine.events = [step('RTCRGS', 'doing'), waiting('RTCRGS', 5, true), step('RTCRGS', 'done'), looks];
    const frame = lastFrame((await stage.run('drain', '--no-color')).err);
    expect(frame).not.toContain('takes long');
    expect(frame).toContain('RTCCPS is not paused: Running.');
  });

  test('is one object a line with --json', async () => {
    const stage = new Stage();
    stage.engine.events = [waiting('RTCRGS', 35, false)];
    const [line] = (await stage.run('drain', '--json')).json();
    expect(line).toEqual({
      type: 'waiting',
      at: NOON,
      serviceName: 'RTCRGS',
      step: 'pause',
      state: 'running',
      seconds: 35,
      answered: false,
    });
  });
});
