import { sectionOf, tableRows } from './documents.js';

export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * Where docs/dependencies.md and package.json differ; empty if each package has one line with a reason. A package may name the
 * line of its version ("electron 22"): it must be the installed one. Electron is a development dependency to npm, and ships.
 */
export function dependencyFaults(page: string, { dependencies, devDependencies }: Manifest): readonly string[] {
  const { electron = '', ...tools } = devDependencies;
  return [
    ...sectionFaults(sectionOf(page, 'In what we ship'), { ...dependencies, electron }),
    ...sectionFaults(sectionOf(page, 'For building and testing'), tools),
  ];
}

interface Line {
  readonly name: string;
  readonly version: string | undefined;
  readonly reason: string;
}

function sectionFaults(section: string, installed: Readonly<Record<string, string>>): readonly string[] {
  const lines = tableRows(section).flatMap(([names = '', reason = '']) => names.split(', ').map((entry) => lineOf(entry, reason)));
  const counts = Object.keys(installed).map((name) => ({ name, count: lines.filter((line) => line.name === name).length }));
  return [
    ...counts.flatMap(({ name, count }) => (count === 1 ? [] : [`${name}: ${count === 0 ? 'no line' : `${count} lines`}`])),
    ...lines.flatMap((line) => lineFaults(line, installed[line.name])),
  ];
}

function lineOf(entry: string, reason: string): Line {
  const [name = '', version] = entry.split(' ');
  return { name, version, reason };
}

function lineFaults({ name, version, reason }: Line, installed: string | undefined): readonly string[] {
  if (installed === undefined) return [`${name}: not in package.json`];
  const isOther = version !== undefined && !`${installed}.`.startsWith(`${version}.`);
  return [
    ...(reason === '' ? [`${name}: no reason`] : []),
    ...(isOther ? [`${name}: ${version} is named, ${installed} is installed`] : []),
  ];
}
