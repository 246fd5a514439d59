import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { call, inShort, outputLines } from '../call.js';
import type { CheckBook } from '../checks.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';

/** What a command line makes of these words is easily wrong. */
const ODD_WORDS = ['(a & b) | c;=', '%OS%^', 'q"q\\', '服务'];

const CLAIMS = {
  'says-its-version': 'lync-drain --version says a version and ends with 0',
  'usage-is-2': 'A command that does not exist ends with 2',
  'words-exact': 'Words reach the program as they were typed',
  'poison-kept-out': 'NODE_OPTIONS does not reach it',
  'doctor-knows': 'The doctor looks at this machine without a failure of its own (LD-9001)',
} as const;
type Name = keyof typeof CLAIMS;
type Book = CheckBook<Name>;

export const launcher = scenario<Name>({
  id: 'launcher',
  title: 'lync-drain.exe as it is typed',
  calls: ['version', 'statsu', 'odd-word', 'doctor'],
  claims: CLAIMS,
  services: [],
  async play(lab, book) {
    const { product } = lab;
    const version = await product.run(['--version'], 'version');
    book.check('says-its-version', version.exitCode === 0 && /^lync-drain \d/.test(version.stdout), version.stdout.trim());
    const typo = await product.run(['statsu']);
    book.check('usage-is-2', typo.exitCode === 2, inShort(typo));
    for (const word of ODD_WORDS) {
      // As JSON, which no code page can spoil.
      const ended = await product.run(['plan', word, '--simulate', '--json'], 'odd-word');
      const said = (outputLines(ended.stdout).at(-1)?.['problem'] as { readonly message: string } | undefined)?.message ?? 'nothing';
      book.check('words-exact', said.includes(`no service named "${word}"`), said);
    }
    await poison(lab, book);
    const doctor = await product.run(['doctor', '--json']);
    const failure = (doctor.stdout + doctor.stderr).includes('LD-9001');
    book.check('doctor-knows', doctor.stdout !== '' && !failure, failure ? 'LD-9001' : `exit code ${doctor.exitCode ?? 'none'}`);
  },
});

/** A file that Node would run before our program. */
async function poison({ product, places, abilities }: Lab, book: Book): Promise<void> {
  const [file, marker] = [join(places.logs, 'planted.cjs'), join(places.logs, 'planted.ran')];
  rmSync(marker, { force: true });
  writeFileSync(file, `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`);
  const trust = abilities.accessLists ? [] : ['--trust-folder'];
  const env = { NODE_OPTIONS: `--require "${file.replaceAll('\\', '/')}"` };
  const ended = await call(product.program, [...trust, '--version'], { env }).ended;
  const hasRun = existsSync(marker);
  book.check('poison-kept-out', ended.exitCode === 0 && !hasRun, hasRun ? 'the planted file ran' : inShort(ended));
}
