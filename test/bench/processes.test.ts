import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { commandLineOf, peakMemoryMb, processorTimeMs, sumOf, sumOfTree } from './processes.js';

it.runIf(process.platform === 'linux')('a process that ended between finding and reading counts nothing', async () => {
  const child = spawn(process.execPath, ['--eval', 'setTimeout(() => undefined, 60_000)']);
  const ended = child.pid!;
  child.kill('SIGKILL');
  // Node has not been told of its end yet, so that the kernel keeps it.
  while (!readFileSync(`/proc/${ended}/status`, 'utf8').includes('(zombie)'));
  expect(sumOf([ended], peakMemoryMb)).toBe(0);
  await once(child, 'exit');
  for (const measure of [peakMemoryMb, processorTimeMs]) {
    expect(sumOf([ended], measure)).toBe(0);
    expect(sumOfTree(ended, measure)).toBe(0);
  }
  expect(sumOf([process.pid, ended], peakMemoryMb)).toBeGreaterThan(10);
  expect([commandLineOf(ended), commandLineOf(process.pid).includes('node')]).toEqual(['', true]);
});
