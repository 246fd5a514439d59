import { COMMANDS } from '../../../electron/apps/cli/command-table.js';
import type { Checklist } from '../../../electron/contract/checklist.js';
import { GoldenServer, RUN_IDS } from './golden-server.js';

/** What one run of the maintenance showed. */
export interface Shown {
  readonly transcript: string;
  readonly record: string;
  readonly anchor: string;
  readonly undoCard: string;
  /** What tray and window are given to draw, after each part. */
  readonly checklists: readonly Checklist[];
  /** The report as Markdown, HTML and JSON. */
  readonly reports: { readonly md: string; readonly html: string; readonly json: string };
}

const SCENARIO = 'unknown-evidence';
const UNKNOWN = ['RTCRGS', 'RTCAVMCU'];
const LOST = 'RTCMEDSRV';
const LOST_AFTER_MS = 12_000;
const MOVED = ['RTCCAA', 'RTCCAS'] as const;

/**
 * A maintenance with a loss, a refused and a withdrawn sign-off, an acceptance, a restart, and a way back that asks: two
 * services have unknown sessions, one is stopped with its calls by another person, two get other start types. After it a
 * quick pause, which ends by itself.
 * @param options added to each command: a language, or `--json`
 */
export async function runMaintenance(options: readonly string[]): Promise<Shown> {
  const golden = await GoldenServer.open(SCENARIO, 7);
  const checklists: Checklist[] = [];
  try {
    for (const part of [lookAround, drain, signOff, restart, comeBack, pauseShortly]) {
      await part(golden, options);
      checklists.push(await golden.look());
    }
    const report = (format: string): Promise<string> =>
      golden.print('report', RUN_IDS[0], '--format', format, ...options.filter((option) => option !== '--json'));
    return {
      ...{ transcript: golden.transcript.text, record: golden.readRunFile('jsonl'), anchor: golden.readRunFile('anchor') },
      ...{ undoCard: golden.readRunFile('undo.txt'), checklists },
      reports: { md: await report('md'), html: await report('html'), json: await report('json') },
    };
  } finally {
    golden.close();
  }
}

type Part = (golden: GoldenServer, options: readonly string[]) => Promise<void>;

const lookAround: Part = async (golden, options) => {
  for (const command of ['doctor', 'plan', 'services', 'status', 'history']) await golden.run([command, ...options]);
  await golden.run(['sessions', 'RTCMEDSRV', 'RTCRGS', 'RTCDATAMCU', '--names', ...options]);
  await golden.run(['explain', ...options]);
  await golden.run(['explain', 'LD-3004', ...options]);
  for (const command of Object.keys(COMMANDS)) await golden.run(['help', command, ...options]);
  await golden.run(['help', ...options]);
  await golden.run(['drain', 'RTCSVR', ...options]);
};

const drain: Part = async (golden, options) => {
  const { server, time, transcript } = golden;
  transcript.note(`${LOST_AFTER_MS / 1000} s from now another person stops ${LOST} with its calls.`);
  const dueMs = time.nowMs() + LOST_AFTER_MS;
  time.onSleep = async () => {
    if (time.nowMs() < dueMs) return;
    time.onSleep = null;
    await server.console.control(LOST, 'stop');
  };
  await golden.run(['drain', '--hold-time', '15s', '--reason', 'CHG-1234: updates & restart', ...options]);
  await golden.run(['pause', ...options]);
  await golden.run(['confirm', ...options]);
  await golden.run(['accept', ...UNKNOWN, '--note', 'asked the desk', ...options]);
  await golden.run(['drain', '--hold-time', '15s', ...options]);
  await golden.run(['services', ...options]);
};

const signOff: Part = async (golden, options) => {
  await golden.run(['confirm', '--note', 'ready for updates', ...options]);
  await golden.run(['status', ...options]);
  golden.transcript.note('Another person continues RTCSRV.');
  await golden.server.console.control('RTCSRV', 'continue');
  await golden.run(['watch', '--timeout', '10s', ...options]);
  await golden.run(['drain', '--hold-time', '15s', ...options]);
  await golden.run(['confirm', ...options]);
};

const restart: Part = async (golden, options) => {
  golden.transcript.note(`Windows is restarted. Then another person sets ${MOVED.join(' and ')} to Disabled.`);
  await golden.server.console.restart();
  for (const serviceName of MOVED) await golden.server.console.setStart(serviceName, { startType: 'disabled', delayed: false });
  await golden.run(['watch', '--timeout', '10s', ...options]);
  await golden.run(['status', ...options]);
};

const comeBack: Part = async (golden, options) => {
  await golden.run(['resume', ...options], true);
  await golden.run(['resume', MOVED[0], '--keep', ...options]);
  await golden.run(['resume', '--original', ...options]);
  await golden.run(['status', ...options], true);
};

const pauseShortly: Part = async (golden, options) => {
  await golden.run(['pause', 'RTCCAS', 'RTCATS', '--for', '10s', ...options]);
  await golden.run(['history', ...options]);
};
