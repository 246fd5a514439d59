import { describe, expect, test } from 'vitest';

import { renderCurve } from '../../electron/apps/cli/render/drain-curve.js';
import { Screen } from '../../electron/apps/cli/render/screen.js';
import type { Style } from '../../electron/apps/cli/render/style.js';
import { renderTable } from '../../electron/apps/cli/render/table.js';
import { cutFrontTo, cutTo, padTo, textWidth, wrapTo } from '../../electron/apps/cli/render/text-width.js';

describe('text', () => {
  test('takes two cells for a Chinese character and none for a colour', () => {
    expect(textWidth('暂停ab')).toBe(6);
    expect(textWidth('\u001b[31mab\u001b[39m')).toBe(2);
    expect(padTo('暂停', 6)).toBe('暂停  ');
  });

  test('is cut in whole characters', () => {
    expect(cutTo('abcdef', 4)).toBe('abc~');
    expect(cutTo('暂停服务', 6)).toBe('暂停~');
    expect(cutTo('abcd', 4)).toBe('abcd');
  });

  test('is cut from the front where its end tells more', () => {
    expect(cutFrontTo('Server Mediation', 10)).toBe('~Mediation');
    expect(cutFrontTo('服务器前端', 6)).toBe('~前端');
    expect(cutFrontTo('abcd', 4)).toBe('abcd');
  });

  test('breaks at spaces, and Chinese between characters but never before a full stop', () => {
    expect(wrapTo('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapTo('服务已暂停。', 10)).toEqual(['服务已暂', '停。']);
    expect(wrapTo('请运行“resume”。', 15)).toEqual(['请运行', '“resume”。']);
    expect(wrapTo('a'.repeat(12), 5)).toEqual(['a'.repeat(12)]);
  });

  test('is never wider than asked for, whatever language', () => {
    for (const line of wrapTo('运行 lync-drain status 查看 RTCSRV 的状态，然后再试一次。', 20)) {
      expect(textWidth(line)).toBeLessThanOrEqual(20);
    }
  });
});

describe('a table', () => {
  const style = { columns: 30, colors: { dim: (text: string) => text } } as Style;

  test('cuts the last column where the terminal ends, at the end or in front', () => {
    const rows = [[{ text: 'one' }, { text: 'a long name that does not fit here' }]];
    expect(renderTable(style, ['A', 'B'], rows)[1]).toBe('one  a long name that does n~');
    expect(renderTable(style, ['A', 'B'], [[{ text: 'one' }, { text: 'Server Front End with more Mediation', keepsEnd: true }]])[1]).toBe(
      'one  ~End with more Mediation',
    );
  });

  test('puts what must be read whole below its row, if it does not fit', () => {
    const rows = ['short', 'Monthly patches of all servers of the pool'].map((text) => [
      { text: 'one' },
      { text, goesBelow: true as const },
    ]);
    expect(renderTable(style, ['A', 'B'], rows)).toEqual([
      'A    B',
      'one  short',
      'one',
      '  Monthly patches of all',
      '  servers of the pool',
    ]);
  });
});

describe('the drain curve', () => {
  const at = (second: number, sessions: number | null) => ({ at: new Date(second * 1000).toISOString(), upMs: second * 1000, sessions });

  test('is full at the highest count, empty at zero, and says where nobody knows', () => {
    expect(renderCurve({ isUnicode: true }, [at(0, 8), at(1, 4), at(2, null), at(3, 1), at(4, 0)], 5)).toBe('█▄?▁ ');
    expect(renderCurve({ isUnicode: false }, [at(0, 8), at(1, 4), at(2, null), at(3, 1), at(4, 0)], 5)).toBe('@=?_ ');
  });

  test('shows a question mark where no session was seen and some could not be counted', () => {
    const atLeast = (second: number, sessions: number) => ({ ...at(second, sessions), isAtLeast: true as const });
    expect(renderCurve({ isUnicode: true }, [at(0, 8), atLeast(1, 4), atLeast(2, 0), atLeast(3, 0), at(4, 0)], 5)).toBe('█▄?? ');
  });

  test('runs evenly in time: a long wait is a long line', () => {
    expect(
      renderCurve({ isUnicode: true }, [at(0, 8), at(1, 4), ...[2, 3, 4, 5, 6, 7, 8].map((second) => at(second + 90, 4)), at(100, 4)], 5),
    ).toBe('█▄▄▄▄');
  });

  test('fits the width however many points there are', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => at(index, 5_000 - index));
    expect(renderCurve({ isUnicode: true }, many, 40)).toHaveLength(40);
    expect(renderCurve({ isUnicode: true }, [], 40)).toBe('');
    expect(renderCurve({ isUnicode: true }, [at(0, 3)], 40)).toBe('█');
  });
});

describe('the screen', () => {
  const written = (isTerminal: boolean, act: (screen: Screen) => void) => {
    let text = '';
    act(new Screen({ failure: null, isTerminal, columns: 80, write: (part) => (text += part) }));
    return text;
  };

  test('draws over what it drew, and keeps what is to be kept above it', () => {
    const text = written(true, (screen) => {
      screen.draw(['a', 'b']);
      screen.keep(['kept']);
      screen.draw(['c']);
    });
    expect(text).toBe('a\u001b[K\nb\u001b[K\n\u001b[0J' + '\u001b[2A\r\u001b[0J' + 'kept\n' + 'c\u001b[K\n\u001b[0J');
  });

  test('never draws where there is no terminal', () => {
    const text = written(false, (screen) => {
      screen.draw(['a']);
      screen.keep(['kept']);
      screen.clear();
    });
    expect(text).toBe('kept\n');
  });
});
