import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { CheckOutcome, CheckResult } from './checks.js';
import type { Machine } from './machine-witness.js';
import type { Proof } from './prove.js';
import { reportPage } from './report-page.js';

const SCHEMA = 1;
const JSON_NAME = 'acceptance.json';

/** What acceptance.json holds. */
export interface AcceptanceReport {
  readonly schema: number;
  readonly at: string;
  readonly kitVersion: string;
  readonly windows: Machine;
  readonly leftOut: string | null;
  /** Words about the whole: what could not be taken away, that it was stopped. */
  readonly notes: readonly string[];
  readonly counts: Readonly<Record<CheckOutcome, number>>;
  readonly checks: readonly CheckResult[];
  /** Calls that were left out one after another; empty unless that was asked for. */
  readonly proofs: readonly Proof[];
}

export function acceptanceReport(parts: Omit<AcceptanceReport, 'schema' | 'counts'>): AcceptanceReport {
  const count = (wanted: CheckOutcome): number => parts.checks.filter(({ outcome }) => outcome === wanted).length;
  return { schema: SCHEMA, ...parts, counts: { passed: count('passed'), failed: count('failed'), 'not-possible': count('not-possible') } };
}

export function writeAcceptanceReport(report: AcceptanceReport, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, JSON_NAME), `${JSON.stringify(report, null, 2)}\n`);
  writeFileSync(join(folder, 'acceptance.html'), reportPage(report));
}

/** What an earlier part found; nothing if there is no report. */
export function readEarlierChecks(folder: string): readonly CheckResult[] {
  try {
    return (JSON.parse(readFileSync(join(folder, JSON_NAME), 'utf8')) as AcceptanceReport).checks;
  } catch {
    return [];
  }
}
