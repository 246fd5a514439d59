import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { describeWhere } from '../harness/describe-where.js';
import { AV_CONFERENCING, MEDIATION, LyncServer, MANUAL, WEB_CONFERENCING } from '../harness/windows/lync-server.js';
import { jsonLines, PackagedCli, waitForChanges } from '../harness/windows/packaged-cli.js';
import { countRecordLines, findProcessesOn, holdsLock, killWhen, readRecordText, waitUntil } from '../harness/windows/power-cut.js';
import { SERVICE_PAUSED } from '../harness/windows/scm-witness.js';
import type { Session } from '../harness/windows/session-service.js';
import { WINDOWS } from '../harness/windows/wine.js';

/** Where a drain is killed, and where the way back after it. */
interface Kill {
  readonly name: string;
  /** Lines of the record that are there: one number for each drain that is killed. 0: as soon as it holds the lock. */
  readonly lines: readonly number[];
  /** Sessions, of three, that end while it waits before it is killed. */
  readonly ended: number;
  /** Lines that the way back has added when it is killed; null leaves it alive. */
  readonly wayBackLines: number | null;
}

/**
 * The record of this drain: run and order (written together), three originals (together), two lines for each of three pauses
 * and three start types, a first sample, and one more for each session that ends.
 */
const FIRST_SAMPLE_LINE = 18;
const PLACES: readonly Omit<Kill, 'wayBackLines'>[] = [
  { name: 'as soon as it holds the lock', lines: [0], ended: 0 },
  { name: 'when the order is written', lines: [2], ended: 0 },
  { name: 'when the originals are written', lines: [5], ended: 0 },
  ...[1, 2, 3].flatMap((nth) => inAndAfter(`pause ${nth}`, 4 + 2 * nth)),
  ...[1, 2, 3].flatMap((nth) => inAndAfter(`start type ${nth}`, 10 + 2 * nth)),
  { name: 'when it waits', lines: [FIRST_SAMPLE_LINE], ended: 0 },
  { name: 'when one session has ended', lines: [FIRST_SAMPLE_LINE + 1], ended: 1 },
  { name: 'when two sessions have ended', lines: [FIRST_SAMPLE_LINE + 2], ended: 2 },
  { name: 'in the hold time', lines: [FIRST_SAMPLE_LINE + 3], ended: 3 },
  { name: 'in pause 2, and again in start type 2', lines: [8, 15], ended: 0 },
];

function inAndAfter(step: string, intendedLine: number): readonly Omit<Kill, 'wayBackLines'>[] {
  return [
    { name: `in ${step}`, lines: [intendedLine], ended: 0 },
    { name: `after ${step}`, lines: [intendedLine + 1], ended: 0 },
  ];
}

/** The order; two lines for start type and two for the state of each service, and one when it is back. The end of the run comes after. */
const WAY_BACK_LINES = 16;

const KILLS: readonly Kill[] = PLACES.map((place, index) => ({ ...place, wayBackLines: index < WAY_BACK_LINES ? index + 1 : null }));

const DRAIN = ['drain', '--json', '--hold-time', '1s', '--timeout', '2m'] as const;

describeWhere(WINDOWS)('a maintenance that is killed and gone on with', () => {
  let lync: LyncServer;
  beforeAll(async () => {
    // One is slow, so that some kills fall between a control and what comes of it.
    lync = await LyncServer.start(MEDIATION, { ...AV_CONFERENCING, onPause: 'slow:400', onContinue: 'slow:400' }, WEB_CONFERENCING);
  });
  afterAll(() => lync.stop());

  it.for(KILLS)('$name', (kill) => expectRecovery(lync, kill));
});

async function expectRecovery(lync: LyncServer, kill: Kill): Promise<void> {
  const cli = new PackagedCli(lync.server, join(lync.server.folder, `data of kill ${kill.name}`));
  const eventsBefore = await countEvents(lync);
  const sessions = await lync.openSessions();

  let kept: readonly Session[] = sessions;
  for (const lines of kill.lines) {
    const drain = await cli.launch(...DRAIN);
    kept = await endFirst(sessions, kill.ended, (lines) => waitUntil(drain, () => countRecordLines(cli) >= lines));
    await killWhen(drain, () => holdsLock(cli) && countRecordLines(cli) >= lines);
    await expectNothingLeft(cli);
  }
  for (const session of kept) await session.ping();

  await expectReadyAfterwards(lync, cli, kept);
  await expectWayBack(lync, cli, kill.wayBackLines);
  expect(await newEvents(lync, eventsBefore)).toEqual(lync.services.map(() => ['accepted', 'paused', 'closed', 'continued']));
}

/** The next drain takes over aloud, does what is missing, and gets to ready without cutting a session. */
async function expectReadyAfterwards(lync: LyncServer, cli: PackagedCli, sessions: readonly Session[]): Promise<void> {
  const next = await cli.launch(...DRAIN);
  await waitForChanges(next);
  expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
  for (const session of sessions) {
    await session.ping();
    await session.close();
  }
  const { exitCode, stdout } = await next.ended;
  const lines = jsonLines(stdout);
  expect(lines.find(({ type }) => type === 'lock-taken-over')).toMatchObject({ from: { command: 'drain' } });
  expect(lines.at(-1)).toMatchObject({ type: 'result', outcome: 'ready', exitCode: 0 });
  expect(exitCode).toBe(0);
  expect(await lync.look()).toEqual(lync.all(SERVICE_PAUSED, MANUAL));
}

/** The program that reads counters ends a moment after the one that started it. */
async function expectNothingLeft(cli: PackagedCli): Promise<void> {
  await expect.poll(() => findProcessesOn(cli), { timeout: 10_000 }).toEqual([]);
}

async function expectWayBack(lync: LyncServer, cli: PackagedCli, killedAfterLines: number | null): Promise<void> {
  if (killedAfterLines !== null) {
    const lines = countRecordLines(cli) + killedAfterLines;
    await killWhen(await cli.launch('resume', '--json'), () => countRecordLines(cli) >= lines);
    await expectNothingLeft(cli);
  }
  const resume = await cli.run('resume', '--json');
  expect(resume.exitCode).toBe(0);
  if (killedAfterLines !== null) expect(jsonLines(resume.stdout).map((line) => line.type)).toContain('lock-taken-over');
  expect(await lync.look()).toEqual(lync.asBefore);
  expect(jsonLines(readRecordText(cli)).at(-1)).toMatchObject({ type: 'closed', outcome: 'returned' });
}

/** Ends one session after another, each when the record has a sample of the one before. @returns the sessions that go on */
async function endFirst(
  sessions: readonly Session[],
  count: number,
  recordHas: (lines: number) => Promise<void>,
): Promise<readonly Session[]> {
  for (const [index, session] of sessions.slice(0, count).entries()) {
    await recordHas(FIRST_SAMPLE_LINE + index);
    await session.close();
  }
  return sessions.slice(count);
}

async function countEvents(lync: LyncServer): Promise<readonly number[]> {
  return Promise.all(lync.services.map(async (service) => (await service.events()).length));
}

async function newEvents(lync: LyncServer, before: readonly number[]): Promise<readonly (readonly string[])[]> {
  return Promise.all(lync.services.map(async (service, index) => (await service.events()).slice(before[index]).map(({ event }) => event)));
}
