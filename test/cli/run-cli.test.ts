import { describe, expect, test } from 'vitest';

import { problem } from '../../electron/contract/problem.js';
import { Stage } from '../harness/cli/stage.js';
import { checklist, run } from '../harness/fakes/checklists.js';

describe('every command', () => {
  test('closes the server, also when it fails', async () => {
    const stage = new Stage();
    await stage.run('status');
    stage.engine.failure = problem('rpc-unavailable', { win32: 1722, operation: 'OpenSCManagerW' });
    await stage.run('status');
    expect(stage.closed).toBe(2);
  });

  test('opens the server it was told to', async () => {
    const stage = new Stage();
    await stage.run('status', '--simulate=leak', '--seed', '3', '--speed', '60', '--data', 'D:\\x');
    await stage.run('status');
    await stage.run('status', '--speed', '2');
    const { undoCard: _, ...first } = stage.opened[0]!;
    expect(first).toEqual({ dataFolder: 'D:\\x', simulate: { scenario: 'leak' }, seed: 3, speed: 60 });
    expect(stage.opened[1]).toMatchObject({ dataFolder: null, simulate: null, seed: null, speed: null });
    expect(stage.opened[2]).toMatchObject({ simulate: { scenario: null }, speed: 2 });
  });

  test('uses little memory where it may go on for hours, and all it wants where it is over in a moment', async () => {
    const stage = new Stage();
    for (const command of ['status', 'services', 'history', 'doctor']) await stage.run(command);
    expect(stage.waited).toBe(0);
    for (const command of ['watch', 'drain', 'resume']) await stage.run(command);
    expect(stage.waited).toBe(3);
  });

  test('says once that a simulated server is not real, and nothing of the kind on a real one', async () => {
    const stage = new Stage();
    expect((await stage.run('status')).err).toBe('');
    stage.source = 'simulated';
    expect((await stage.run('status')).err).toBe('Simulated server: nothing real is touched.\n');
    expect((await stage.run('status', '-q')).err).toBe('');
  });

  test('never writes a colour where no terminal is, or where none is wanted', async () => {
    const stage = new Stage();
    stage.engine.checklist = checklist({ run: run() });
    expect((await stage.run('status')).out).not.toContain('\u001b[');
    stage.isTerminal = true;
    expect((await stage.run('status')).out).toContain('\u001b[');
    expect((await stage.run('status', '--no-color')).out).not.toContain('\u001b[');
    stage.environment = { ...stage.environment, NO_COLOR: '1' };
    expect((await stage.run('status')).out).not.toContain('\u001b[');
  });

  test('tells an unforeseen failure with a code and the log, and its stack only with -v', async () => {
    const stage = new Stage();
    stage.engine.failure = new TypeError('undefined is not a function');
    const { exitCode, err, out } = await stage.run('status');
    expect([exitCode, out]).toEqual([1, '']);
    expect(err).toContain('LD-9001  Something went wrong inside Lync Drain: undefined is not a function.');
    expect(err).toContain('data/logs/lync-drain.log');
    expect(err).not.toMatch(/^ +at /m);
    expect(stage.logged).toEqual([stage.engine.failure]);
    expect((await stage.run('status', '-v')).err).toContain('TypeError: undefined is not a function\n    at ');
  });
});

describe('the language', () => {
  const NOTHING_OPEN = { en: 'No maintenance is going on.', zh: '当前没有正在进行的维护。' };

  test.each([
    [['status'], {}, null, NOTHING_OPEN.en],
    [['status'], { LANG: 'zh_CN.UTF-8' }, null, NOTHING_OPEN.zh],
    [['status'], { LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, null, NOTHING_OPEN.en],
    [['status'], { LANG: 'zh_CN.UTF-8' }, 'en', NOTHING_OPEN.en],
    [['status', '--lang', 'zh-CN'], {}, 'en', NOTHING_OPEN.zh],
  ] as const)('of %j in %j with the setting %s begins %s', async (typed, environment, language, sentence) => {
    const stage = new Stage();
    stage.environment = environment;
    stage.settings = { ...stage.settings, language };
    expect((await stage.run(...typed)).out).toContain(sentence);
  });

  test('holds for a command line that cannot be understood', async () => {
    const stage = new Stage();
    expect((await stage.run('statsu', '--lang=zh-CN')).err).toContain('没有名为“statsu”的命令。您是否要用“status”？');
    expect((await stage.run('drain', '--timeout', '5', '--lang', 'zh')).err).toContain('应为：时间');
  });

  test('holds for help', async () => {
    expect((await new Stage().run('--help', '--lang', 'zh-CN')).out).toContain('示例');
  });
});

describe('explain', () => {
  test('says what a code means without opening a server', async () => {
    const stage = new Stage();
    const { out, exitCode } = await stage.run('explain', '2053');
    expect([exitCode, stage.opened]).toEqual([0, []]);
    expect(out).toContain('LD-2053  <serviceName> did not answer Windows within 30 seconds.');
  });

  test('lists every code once', async () => {
    const codes = (await new Stage().run('explain', '--json')).json()[0]!['codes'] as { code: string }[];
    expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    expect(codes.length).toBeGreaterThan(60);
  });

  test('leaves with 2 for a code that does not exist', async () => {
    expect(await new Stage().run('explain', 'LD-2054')).toMatchObject({ exitCode: 2, err: expect.stringContaining('LD-1008') as string });
  });
});

describe('a server that cannot be opened', () => {
  test.each([
    [problem('settings-damaged', { path: 'settings.json', detail: 'hold: Invalid' }), 10],
    [problem('data-folder-unprotected', { path: 'data', writableBy: 'Everyone' }), 10],
    [problem('native-library-missing', { library: 'koffi', detail: 'x' }), 1],
    [problem('unknown-scenario', { scenario: 'leek', scenarios: 'leak, default' }), 2],
  ])('is told with its code (%j)', async (refusal, exitCode) => {
    const stage = new Stage();
    stage.refusal = refusal;
    const ended = await stage.run('status', '--json');
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.json()[0]).toMatchObject({
      type: 'result',
      exitCode,
      services: [],
      problem: { code: expect.stringMatching(/^LD-\d{4}$/) as string },
    });
    expect(ended.err).toMatch(/^LD-\d{4} {2}/);
  });
});
