import type { RemoteEnd } from '../../contract/sessions.js';
import { between, type Random, randomByNumber, randomFor } from './random.js';
import { kindsOf, type SessionKind } from './session-kinds.js';
import { momentAt, type SimulatedService, type SimulatedState } from './simulated-state.js';

/** A session, from its first to its last millisecond. The same session is the same at every look. */
export interface SimulatedSession {
  readonly beginsMs: number;
  readonly endsMs: number;
  readonly from: Pick<RemoteEnd, 'address' | 'port'>;
  /** Which sources can see it. */
  readonly kind: SessionKind;
}

/** A session whose kind is not settled. */
type Arrival = Omit<SimulatedSession, 'kind'>;

/** New sessions are drawn by the span of time they begin in, so that the past needs no storing. */
const SPAN_MS = 15_000;

/** A copy stands still for so long, so that it can be compared with its server. */
const STANDSTILL_MS = 10_000;

const LOAD_BALANCER = '10.20.0.5';

/**
 * The sessions a service carries now: those that arrived while it ran and have not ended, worked out from seed and time.
 * A session ends by itself or with the process, never by a pause.
 */
export function liveSessions(state: SimulatedState, service: SimulatedService, nowMs: number): readonly SimulatedSession[] {
  if (momentAt(service, nowMs).state === 'stopped') return [];
  const processSinceMs = lastStoppedMs(service, nowMs);
  const isLive = ({ beginsMs, endsMs }: Pick<Arrival, 'beginsMs' | 'endsMs'>): boolean =>
    beginsMs >= processSinceMs && beginsMs <= nowMs && endsMs > nowMs;
  const wasLetIn = ({ beginsMs }: Arrival): boolean => momentAt(service, beginsMs).state === 'running';
  const live = [
    ...endless(state, service).filter(isLive),
    ...present(state, service).filter(isLive),
    ...arrivalsSince(state, service, nowMs, isLive).filter(wasLetIn),
    ...leaked(state, service, nowMs).filter(isLive),
  ];
  const kinds = kindsOf(state, service);
  return live.map((arrival) => ({ ...arrival, kind: kindOf(arrival, kinds) }));
}

/** Drawn by shares, from what the session is; what a load balancer sends are connections of the first kind. */
function kindOf({ from }: Arrival, kinds: readonly SessionKind[]): SessionKind {
  const total = kinds.reduce((sum, { share }) => sum + share, 0);
  let drawn = from.address === LOAD_BALANCER ? 0 : from.port % total;
  for (const kind of kinds) {
    if (drawn < kind.share) return kind;
    drawn -= kind.share;
  }
  throw new RangeError('A service without a kind of session has no sessions.');
}

function lastStoppedMs(service: SimulatedService, nowMs: number): number {
  const stops = service.moments.filter((moment) => moment.state === 'stopped' && moment.atMs <= nowMs);
  return stops.at(-1)?.atMs ?? 0;
}

/** Those that knocked and fit, whether they were let in or not. Most have ended by now, so what does not fit is not kept. */
function arrivalsSince(
  state: SimulatedState,
  { serviceName, sessions }: SimulatedService,
  nowMs: number,
  fits: (arrival: Pick<Arrival, 'beginsMs' | 'endsMs'>) => boolean,
): Arrival[] {
  if (sessions === null) return [];
  const { usual, shortestMs, longestMs } = sessions;
  // A square makes short sessions usual and long ones rare; its mean is a third.
  const meanMs = shortestMs + (longestMs - shortestMs) / 3;
  const perSpan = (usual * SPAN_MS) / meanMs;
  const spanOf = (atMs: number): number => Math.floor((atMs - state.createdAtMs) / SPAN_MS);
  const randomOf = randomByNumber(state.seed, serviceName);
  const firstMs = sessions.present === undefined ? Number.NEGATIVE_INFINITY : state.createdAtMs + STANDSTILL_MS;
  const arrivals: Arrival[] = [];
  for (let span = spanOf(nowMs - longestMs); span <= spanOf(nowMs); span += 1) {
    const random = randomOf(span);
    const count = Math.floor(2 * perSpan * random() + random());
    for (let nth = 0; nth < count; nth += 1) {
      const beginsMs = state.createdAtMs + span * SPAN_MS + between(random, 0, SPAN_MS);
      const lasts = { beginsMs, endsMs: beginsMs + shortestMs + Math.floor((longestMs - shortestMs) * random() ** 2) };
      // Drawn in any case: the next arrival draws behind it.
      const from = client(random);
      if (lasts.beginsMs >= firstMs && fits(lasts)) arrivals.push({ ...lasts, from });
    }
  }
  return arrivals;
}

function client(random: Random): SimulatedSession['from'] {
  return { address: `10.10.${between(random, 0, 8)}.${between(random, 10, 250)}`, port: between(random, 49_152, 65_535) };
}

/** Those that were there before the first reading and last as long as the process. */
function endless(state: SimulatedState, { serviceName, sessions }: SimulatedService): Arrival[] {
  const random = randomFor(state.seed, serviceName, 'endless');
  return Array.from({ length: sessions?.endless ?? 0 }, () => ({
    beginsMs: state.createdAtMs,
    endsMs: Number.MAX_SAFE_INTEGER,
    from: client(random),
  }));
}

/** Those that a copy was made with. */
function present(state: SimulatedState, { serviceName, sessions }: SimulatedService): Arrival[] {
  if (sessions?.present === undefined) return [];
  const { longestMs, present: count } = sessions;
  const random = randomFor(state.seed, serviceName, 'present');
  return Array.from({ length: count }, () => ({
    beginsMs: state.createdAtMs,
    endsMs: state.createdAtMs + STANDSTILL_MS + Math.floor(longestMs * random() ** 2),
    from: client(random),
  }));
}

/** What a load balancer that ignores the pause keeps sending. */
function leaked(state: SimulatedState, service: SimulatedService, nowMs: number): Arrival[] {
  const leak = service.sessions?.leak ?? null;
  const pausedAtMs = service.moments.filter((moment) => moment.state === 'paused' && moment.atMs <= nowMs).at(-1)?.atMs;
  if (leak === null || pausedAtMs === undefined) return [];
  const random = randomFor(state.seed, service.serviceName, 'leak', pausedAtMs - state.createdAtMs);
  return Array.from({ length: Math.floor(leak.forMs / leak.everyMs) }, (_, nth) => {
    const beginsMs = pausedAtMs + (nth + 1) * leak.everyMs;
    return {
      beginsMs,
      endsMs: beginsMs + between(random, 30_000, 120_000),
      from: { address: LOAD_BALANCER, port: between(random, 49_152, 65_535) },
    };
  });
}
