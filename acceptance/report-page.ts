import type { CheckOutcome, CheckResult } from './checks.js';
import type { Proof } from './prove.js';
import type { AcceptanceReport } from './report.js';

const WORDS: Readonly<Record<CheckOutcome, string>> = {
  passed: 'passed',
  failed: 'FAILED',
  'not-possible': 'not possible on this Windows',
};

const STYLE = [
  'body { font: 15px/1.5 "Segoe UI", sans-serif; max-width: 70em; margin: 2em auto; padding: 0 1em; color: #1b1b1b; background: #fff }',
  'table { border-collapse: collapse; width: 100% }',
  'td, th { border: 1px solid #bbb; padding: .3em .6em; text-align: left; vertical-align: top }',
  'td.seen { font: 13px/1.4 Consolas, monospace; word-break: break-word }',
  'tr.failed td { background: #fde7e9 } tr.not-possible td { background: #f3f2f1 }',
  'td.outcome { white-space: nowrap; font-weight: 600 } tr.not-possible td.outcome { white-space: normal }',
].join('\n');

/** The report as a page that needs nothing beside it. */
export function reportPage({ at, windows, checks, counts, notes, kitVersion, leftOut, proofs }: AcceptanceReport): string {
  const system = windows.wine === null ? windows.product : `Wine ${windows.wine}, which says it is ${windows.product}`;
  const verdict = counts.failed === 0 ? 'Nothing failed' : `${counts.failed} checks FAILED`;
  const facts = [
    ['Windows', `${system} ${windows.displayVersion}, version ${windows.version}`],
    ['Computer', windows.computer],
    ['Written at', at],
    ['Lync Drain', kitVersion],
    ...(leftOut === null ? [] : [['Left out on purpose', leftOut]]),
    ...notes.map((note) => ['Note', note]),
  ];
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Lync Drain acceptance: ${verdict}</title><style>${STYLE}</style>
<h1>${verdict}</h1>
<p>${counts.passed} checks passed, ${counts.failed} failed, ${counts['not-possible']} are not possible on this Windows.</p>
<table>${facts.map(([name = '', value = '']) => `<tr><th>${escaped(name)}</th><td>${escaped(value)}</td></tr>`).join('\n')}</table>
<h2>Checks</h2>
<table><tr><th>Check</th><th>Outcome</th><th>What it says</th><th>What was seen</th></tr>
${checks.map(row).join('\n')}
</table>${proofs.length === 0 ? '' : proofTable(proofs)}</html>
`;
}

function proofTable(proofs: readonly Proof[]): string {
  const rows = proofs.map(({ leftOut, red }) => `<tr><td>${escaped(leftOut)}</td><td>${escaped(red ?? 'NO CHECK SAW IT')}</td></tr>`);
  return `<h2>Calls that were left out</h2>\n<table><tr><th>Left out</th><th>The check that saw it</th></tr>${rows.join('\n')}</table>`;
}

function row({ id, claim, outcome, seen }: CheckResult): string {
  const cells = `<td>${escaped(id)}</td><td class="outcome">${WORDS[outcome]}</td><td>${escaped(claim)}</td>`;
  return `<tr class="${outcome}">${cells}<td class="seen">${escaped(seen)}</td></tr>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
