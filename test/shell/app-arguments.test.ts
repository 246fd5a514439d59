import { describe, expect, it } from 'vitest';

import { plantedSwitches, readAppArguments } from '../../electron/apps/tray/app-arguments.js';

const NONE = { dataFolder: null, simulate: null, seed: null, speed: null, opensWindow: false };

describe('the arguments of the app', () => {
  it.each<readonly [readonly string[], object]>([
    [[], NONE],
    [['.', '--no-sandbox', '--inspect=0'], NONE],
    [['--simulate'], { ...NONE, simulate: { scenario: null } }],
    [['--simulate=leak', '--seed', '7', '--speed=60'], { ...NONE, simulate: { scenario: 'leak' }, seed: 7, speed: 60 }],
    [['--data', 'D:\\a=b', '--simulate', '.'], { ...NONE, dataFolder: 'D:\\a=b', simulate: { scenario: null } }],
    [['--data=D:\\a=b'], { ...NONE, dataFolder: 'D:\\a=b' }],
    [['.', '--open', '--speed=60'], { ...NONE, speed: 60, opensWindow: true }],
    [['--server-file=D:\\a.json'], { ...NONE, simulate: { scenario: null }, copy: { path: 'D:\\a.json' } }],
    [['--speed', '--data'], NONE],
    [['--speed=fast', '--seed=-1'], NONE],
  ])('%j are read', (args, expected) => {
    expect(readAppArguments(args)).toEqual(expected);
  });
});

describe('the switches that the packaged app does not obey', () => {
  it.each<readonly [string, readonly string[]]>([
    ['--remote-debugging-port=9222', ['remote-debugging-port']],
    ['-Remote-Debugging-Port=9222', ['remote-debugging-port']],
    ['/remote-debugging-port=9222', ['remote-debugging-port']],
    ['  --remote-debugging-port', ['remote-debugging-port']],
    ['--browser-subprocess-path=C:\\a=b.exe', ['browser-subprocess-path']],
    ['--lang=zh-CN', []],
    ['--no-sandbox', []],
    ['C:\\x', []],
    ['9222', []],
  ])('of %j are %j', (arg, names) => {
    expect(plantedSwitches([arg])).toEqual(names);
  });
});
