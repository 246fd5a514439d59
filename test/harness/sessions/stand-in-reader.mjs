/**
 * Speaks the protocol of native/counter-reader/counter-reader.c. Each path says what happens to it: `value N` and `status HEX` are answered
 * so; anything else is a misbehaviour, named below. Writes a line for each start and end of itself into the file named first.
 */
import { appendFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const [log = ''] = process.argv.slice(2);
const note = (/** @type {string} */ what) => appendFileSync(log, `${what} ${process.pid}\n`);
note('started');

/** @type {string[]} */
const lines = [];
const input = createInterface({ input: process.stdin });
input.on('line', (line) => {
  lines.push(line);
  const [, id = '', count = ''] = /^read (\d+) (\d+)$/.exec(lines[0] ?? '') ?? [];
  if (lines.length === Number(count) + 1) answer(id, lines.splice(0).slice(1));
});
input.on('close', () => {
  note('ended');
  if (!isStubborn) process.exit(0);
});
let isStubborn = false;

/**
 * @param {string} id
 * @param {readonly string[]} paths
 */
function answer(id, paths) {
  const text = `answer ${id} ${paths.length}\n${paths.map((path) => `${/^(value|status) /.test(path) ? path : 'value 0'}\n`).join('')}`;
  const say = (/** @type {string} */ words) => process.stdout.write(words);
  const [what = '', number = '0'] = (paths.find((path) => !/^(value|status) /.test(path)) ?? '').split(':');
  switch (what) {
    case 'hang':
      return;
    case 'crash':
      process.exit(Number(number));
    case 'garbage':
      say('Hello, I am a performance library.\n');
      return;
    case 'flood':
      say('x'.repeat(1_000_000));
      return;
    case 'half':
      say(text.slice(0, -4));
      return;
    case 'more':
      say(`${text}value 1\n`);
      return;
    case 'other-request':
      say(text.replace(id, '999'));
      return;
    case 'crash-afterwards':
      process.stdout.write(text, () => process.exit(1));
      return;
    case 'late':
      setTimeout(say, Number(number), text);
      return;
    case 'slow':
      // In as many pieces as there are characters.
      [...text].forEach((character, index) => setTimeout(say, index, character));
      return;
    case 'stubborn':
      isStubborn = true;
      setInterval(() => undefined, 1_000);
      say(text);
      return;
    default:
      say(text);
  }
}
