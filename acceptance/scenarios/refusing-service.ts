import { inShort, problemsIn } from '../call.js';
import type { CheckBook } from '../checks.js';
import { isSame, type LabService } from '../lab-services.js';
import type { Lab } from '../lab.js';
import { scenario } from '../scenario.js';
import { AUTOMATIC, RUNNING } from '../service-witness.js';

/** ERROR_INVALID_SERVICE_CONTROL: what a service answers that does not know a control. */
const REFUSES: LabService = {
  serviceName: 'RTCASMCU',
  displayName: 'Lync Server Application Sharing',
  port: 5065,
  switches: ['--on-pause', 'refuse:1052'],
};

const CLAIMS = {
  'refusal-told': 'A service that refuses its pause is named with its problem; it still runs and its start type is untouched',
  'refusal-back': 'The way back leaves it as it was',
} as const;
type Name = keyof typeof CLAIMS;

export const refusingService = scenario<Name>({
  id: 'refusing',
  title: 'A service that refuses its pause',
  calls: ['drain', 'resume'],
  claims: CLAIMS,
  services: [REFUSES],
  lacks: ({ refusals }) => (refusals ? null : 'The service control manager does not hand on the error of a service that refuses.'),
  play,
});

async function play({ product, services, serviceWitness }: Lab, book: CheckBook<Name>): Promise<void> {
  const before = await services.look(REFUSES);
  const ended = await product.run(['drain', '--json', '--hold-time', '1s', '--timeout', '2m']);
  const problem = problemsIn(ended).get(REFUSES.serviceName);
  const { state, startType } = await serviceWitness.query(REFUSES.serviceName);
  const isTold = ![0, null].includes(ended.exitCode) && problem !== undefined;
  book.check('refusal-told', isTold && state === RUNNING && startType === AUTOMATIC, `${inShort(ended)}: ${problem ?? 'no problem'}`);
  const resumed = await product.run(['resume', '--json']);
  const after = await services.look(REFUSES);
  book.check('refusal-back', resumed.exitCode === 0 && isSame(before, after), after);
}
