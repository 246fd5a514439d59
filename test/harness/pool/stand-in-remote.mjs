/**
 * Speaks as native/remote-services/remote-services.c does: `computer NAME`, and then what the second file says, or one of the misbehaviours
 * below. Writes a line for each start into the file named first.
 */
import { appendFileSync, readFileSync } from 'node:fs';

const [log = '', answer = '', computer = '', prefix = ''] = process.argv.slice(2);
appendFileSync(log, `${JSON.stringify({ computer, prefix, processId: process.pid })}\n`);
const says = readFileSync(answer, 'utf8');
const hangs = says === 'hang' || says === `hang:${computer}`;
if (hangs) setInterval(() => undefined, 1_000);
else if (says === 'flood') process.stdout.write(`computer ${computer}\n${'service RTCX 4\n'.repeat(100_000)}`);
else if (says === 'other') process.stdout.write('computer fe99\nend\n');
else {
  process.stdout.write(`computer ${computer}\n${says.startsWith('hang:') ? 'end\n' : says}`);
  if (says === 'exit') process.exitCode = 3;
}
