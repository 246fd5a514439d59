import { describe, expect, it } from 'vitest';

import { reportHtml } from '../../electron/core/report/report-html.js';
import type { Report } from '../../electron/core/report/report.js';

const REPORT: Report = {
  title: 'Maintenance report: FE01',
  warnings: [],
  factsTitle: 'Run',
  facts: [['Reason', 'CHG-1234']],
  services: { title: 'Services', header: ['Service', 'Before'], rows: [['RTCSRV', 'Running, Automatic']] },
  connected: [],
  summary: { title: 'Summary', lines: [{ text: 'No session for 1 min.', isAlarm: false }] },
  curve: { title: 'Sessions over time', points: [], highest: 0, legend: '' },
  events: { title: 'What happened', header: ['Time', 'What'], rows: [['2026-11-23T02:14:05.123Z', 'Opened.']] },
};

function point(minute: number, sessions: number | null): Report['curve']['points'][number] {
  return { at: `2026-11-23T02:${String(minute).padStart(2, '0')}:00.000Z`, upMs: minute * 60_000, sessions };
}

describe('the report as HTML', () => {
  it('lets nothing from outside become markup', () => {
    const evil = `</td><script>alert("x")</script><img src='y'>&`;
    const html = reportHtml(
      {
        ...REPORT,
        title: evil,
        warnings: [evil],
        facts: [[evil, evil]],
        summary: { title: evil, lines: [{ text: evil, isAlarm: true }] },
        services: { title: evil, header: [evil], rows: [[evil]] },
      },
      'en',
    );
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img');
    expect(html).not.toContain(`"x"`);
    expect(html.split('&#60;script&#62;')).toHaveLength(11);
  });

  it('names its language, and has the one style sheet that the window gives its nonce', () => {
    const html = reportHtml(REPORT, 'zh-CN');
    expect(html).toContain('<html lang="zh-CN">');
    expect(html.split('<style>')).toHaveLength(2);
    expect(html).not.toMatch(/ style=|<link|url\(/);
  });

  it('breaks the curve where a count was unknown', () => {
    const points = [point(0, 8), point(1, 4), point(2, null), point(3, 1), point(4, 0)];
    const html = reportHtml({ ...REPORT, curve: { title: 'Sessions', points, highest: 8, legend: '' } }, 'en');
    const path = /class="line" d="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(path.match(/M/g)).toHaveLength(2);
    expect(path.match(/L/g)).toHaveLength(2);
  });

  it('breaks the curve where nothing was seen and not all could be counted', () => {
    const points = [point(0, 8), point(1, 4), { ...point(2, 0), isAtLeast: true as const }, { ...point(3, 1), isAtLeast: true as const }];
    const html = reportHtml({ ...REPORT, curve: { title: 'Sessions', points, highest: 8, legend: '' } }, 'en');
    const path = /class="line" d="([^"]*)"/.exec(html)?.[1] ?? '';
    expect([path.match(/M/g)?.length, path.match(/L/g)?.length]).toEqual([2, 1]);
  });

  it('draws no curve from a single reading', () => {
    expect(reportHtml({ ...REPORT, curve: { title: 'Sessions', points: [point(0, 8)], highest: 8, legend: '' } }, 'en')).not.toContain(
      '<svg',
    );
  });
});
