import * as v from 'valibot';

import { distinctComputers, namesComputer } from '../../contract/computer-names.js';
import type { CmdletsSay, PoolMembers, ReadinessAnswer, Topology, TopologyPool } from '../../ports/pool-information.js';
import { failureShape, noAnswerShapes, reasonOfNoAnswer, SOMETHING_ELSE, type NoAnswerReason } from './cmdlet-failure.js';
import { decodeAnswer } from './lync-script.js';

/** PowerShell writes a list of one as that one, and an empty one as null, where it was told to give a list. */
const texts = v.pipe(
  v.nullable(v.union([v.string(), v.array(v.string())])),
  v.transform((value) => (value === null ? [] : typeof value === 'string' ? [value] : value)),
);
/** `own`: this computer, as the topology has it. */
const pool = v.object({ fqdn: v.string(), members: texts, own: v.optional(v.string()) });
const poolPart = v.variant('outcome', [v.object({ outcome: v.literal('read'), value: pool }), failureShape]);
const copyPart = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), value: v.object({ clusters: v.array(pool) }) }),
  failureShape,
]);
const membersShape = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), own: v.string(), pool: poolPart, copy: v.nullable(copyPart) }),
  ...noAnswerShapes,
]);
const topologyPart = v.variant('outcome', [
  v.object({
    outcome: v.literal('read'),
    value: v.object({ pools: v.array(v.object({ fqdn: v.string(), members: texts, services: texts })) }),
  }),
  failureShape,
]);
const topologyShape = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), own: v.string(), pools: topologyPart, copy: v.nullable(topologyPart) }),
  ...noAnswerShapes,
]);
const readinessShape = v.variant('outcome', [
  v.object({ outcome: v.literal('read'), cmdlet: v.string(), values: v.array(v.object({ path: v.string(), value: v.string() })) }),
  v.object({ outcome: v.literal('cmdlet-missing') }),
  ...noAnswerShapes,
]);
const fabricShape = v.variant('outcome', [v.object({ outcome: v.literal('read'), text: v.string() }), ...noAnswerShapes]);

type Unavailable = Extract<CmdletsSay<never>, { kind: 'unavailable' }>;

export function readMembersAnswer(output: string): CmdletsSay<PoolMembers> {
  const parsed = v.safeParse(membersShape, decodeAnswer(output));
  if (!parsed.success) return unavailable(SOMETHING_ELSE);
  const answer = parsed.output;
  if (answer.outcome !== 'read') return unavailable(reasonOfNoAnswer(answer));
  if (answer.pool.outcome === 'read') return named(answer.pool.value, answer.own, 'Get-CsPool');
  if (answer.copy?.outcome !== 'read') return unavailable(reasonOfNoAnswer(answer.pool));
  const [ours, ...others] = answer.copy.value.clusters.filter(({ members }) => namesComputer(members, answer.own));
  if (ours === undefined || others.length > 0) return { kind: 'unavailable', trouble: 'not-told', raw: `${answer.own} in no one cluster` };
  return named(ours, answer.own, 'Get-CsTopology');
}

/** A pool without a name or a member is none: a property that is not there reads as nothing. */
function named({ fqdn, members, own }: v.InferOutput<typeof pool>, ownByNetwork: string, cmdlet: string): CmdletsSay<PoolMembers> {
  const distinct = distinctComputers(members.filter((name) => name !== ''));
  if (fqdn === '' || distinct.length === 0) return { kind: 'unavailable', trouble: 'not-told', raw: `${cmdlet} told no pool` };
  return { kind: 'read', value: { fqdn, members: distinct, own: own !== undefined && namesComputer(distinct, own) ? own : ownByNetwork } };
}

export function readTopologyAnswer(output: string): CmdletsSay<Topology> {
  const parsed = v.safeParse(topologyShape, decodeAnswer(output));
  if (!parsed.success) return unavailable(SOMETHING_ELSE);
  const answer = parsed.output;
  if (answer.outcome !== 'read') return unavailable(reasonOfNoAnswer(answer));
  const isOurs = ({ members }: { readonly members: readonly string[] }): boolean => namesComputer(members, answer.own);
  const told = answer.pools.outcome === 'read' || answer.copy === null ? answer.pools : answer.copy;
  if (told.outcome !== 'read') return unavailable(reasonOfNoAnswer(told));
  // Without our own pool in it, nothing says which servers are its members: a name may be spelled otherwise.
  if (!told.value.pools.some(isOurs)) return { kind: 'unavailable', trouble: 'not-told', raw: `${answer.own} in no pool` };
  const pools = told.value.pools.map((one): TopologyPool => {
    return { fqdn: one.fqdn, members: one.members, kind: isOurs(one) ? 'pool-member' : kindOf(one.services) };
  });
  return { kind: 'read', value: { pools, isWhole: told === answer.pools } };
}

/** By the services of a pool as `Get-CsPool` names them (`EdgeServer:edge.contoso.com`). */
function kindOf(services: readonly string[]): Exclude<TopologyPool['kind'], 'pool-member'> {
  const has = (role: string): boolean => services.some((service) => service.toLowerCase().startsWith(`${role}:`));
  return has('edgeserver') ? 'edge' : has('pstngateway') ? 'gateway' : 'server';
}

export function readReadinessAnswer(output: string): CmdletsSay<ReadinessAnswer> {
  const parsed = v.safeParse(readinessShape, decodeAnswer(output));
  if (!parsed.success) return unavailable(SOMETHING_ELSE);
  const answer = parsed.output;
  if (answer.outcome === 'cmdlet-missing') return { kind: 'unavailable', trouble: 'cmdlet-missing', raw: 'no readiness cmdlet' };
  if (answer.outcome !== 'read') return unavailable(reasonOfNoAnswer(answer));
  const value = { state: worstState(answer.values.map((one) => one.value)), active: activeFrontEnds(answer.values) };
  if (value.state !== null) return { kind: 'read', value };
  return { kind: 'unavailable', trouble: 'not-told', raw: `${answer.cmdlet}: ${JSON.stringify(answer.values).slice(0, SHOWN_CHARACTERS)}` };
}

/** Worst first. The three states are documented (Get-CsPoolUpgradeReadinessState); in which property they stand is not. */
const STATES = [
  ['insufficientactivefrontends', 'insufficient'],
  ['busy', 'busy'],
  ['ready', 'ready'],
] as const;

/** For people who look into it. */
const SHOWN_CHARACTERS = 300;

function worstState(values: readonly string[]): ReadinessAnswer['state'] {
  const found = new Set(values.map((value) => value.trim().toLowerCase()));
  return STATES.find(([value]) => found.has(value))?.[1] ?? null;
}

/** The cmdlet tells how many Front Ends are active; taken only from one number at the top whose name says both. */
function activeFrontEnds(values: readonly { readonly path: string; readonly value: string }[]): number | null {
  const numbers = values.filter(
    ({ path, value }) => /^\.[^.]*active[^.]*$/i.test(path) && /front.?end/i.test(path) && /^\d{1,3}$/.test(value),
  );
  const [only, ...others] = new Set(numbers.map(({ value }) => Number(value)));
  return only === undefined || others.length > 0 ? null : only;
}

export function readFabricAnswer(output: string): CmdletsSay<string> {
  const parsed = v.safeParse(fabricShape, decodeAnswer(output));
  if (!parsed.success) return unavailable(SOMETHING_ELSE);
  return parsed.output.outcome === 'read' ? { kind: 'read', value: parsed.output.text } : unavailable(reasonOfNoAnswer(parsed.output));
}

function unavailable(refusal: NoAnswerReason): Unavailable {
  return { kind: 'unavailable', ...refusal };
}
