import { isSameClock } from '../../contract/computer.js';
import { isStartHeld, type ChangeStatus, type Entry, type EntryContents, type RecordedService, type Run } from '../../contract/run.js';
import { ServiceMap } from '../../contract/service-names.js';
import { blankNotes, changedNotes, failedNotes, heldNotes, intendedNotes, keptAfter, type ServiceNotes } from './change-notes.js';
import {
  acceptedNotes,
  afterRestart,
  awakeNotes,
  claimAfter,
  confirmedBy,
  grow,
  heldZeroAfter,
  lossNotes,
  NO_PROOF,
  observedNotes,
  overriddenBy,
  pausedNotes,
  proofNotes,
  tellsBoot,
  tailLostNotes,
  withdrawnNotes,
  withoutAcceptance,
  withoutUnrecorded,
} from './run-notes.js';
import { SampleHistory } from './sample-history.js';

interface FoldedService {
  original: RecordedService['original'] | null;
  firstStart: RecordedService['firstStart'] | null;
  notes: ServiceNotes;
  /** Ordered to be paused or drained; others are in the record only because something was said of them. */
  isPlanned: boolean;
}

/** What the run has besides its services and samples. Null until both opening entries were folded. */
type RunFrame = Omit<Run, 'services' | 'samples'>;

/**
 * A run in the middle of being folded. Changed by `foldOnto` only; what `runOf` gives out is never changed again.
 * Linear in the number of entries: the outside form is built on request, not at every entry.
 */
export interface FoldState {
  opening: Extract<Entry, { type: 'run-opened' }> | null;
  frame: RunFrame | null;
  readonly services: Map<string, FoldedService>;
  /** Planned services in the order in which pause and drain orders named them first. */
  readonly planned: string[];
  readonly samples: SampleHistory;
  built: { run: Run | null; services: Run['services'] | null; samples: Run['samples'] | null };
}

export function startFold(): FoldState {
  return {
    opening: null,
    frame: null,
    services: new Map(),
    planned: [],
    samples: new SampleHistory(),
    built: { run: null, services: null, samples: null },
  };
}

/** The same fold; what is folded onto one is not in the other. Takes as long for a record of days as for a short one. */
export function copyFold(state: FoldState): FoldState {
  const services = new Map([...state.services].map(([name, service]) => [name, { ...service }]));
  return { ...state, services, planned: [...state.planned], samples: state.samples.copy(), built: { ...state.built } };
}

/** The run as the entries so far say, null while not even its opening is there; the same object until another entry is folded on. */
export function runOf(state: FoldState): Run | null {
  if (state.frame === null) return null;
  const { built } = state;
  built.services ??= buildServices(state);
  built.samples ??= state.samples.toArray();
  built.run ??= { ...state.frame, services: built.services, samples: built.samples };
  return built.run;
}

/** Planned services first, in plan order; any other whose original was kept comes after them. */
function buildServices(state: FoldState): Run['services'] {
  const services = new Map<string, RecordedService>();
  for (const serviceName of [...state.planned, ...state.services.keys()]) {
    const folded = state.services.get(serviceName);
    if (folded === undefined || folded.original === null || services.has(serviceName)) continue;
    const { notes, original, firstStart } = folded;
    services.set(serviceName, { ...notes, original, firstStart: firstStart ?? original.start });
  }
  return services;
}

/** Folds one more entry on. Total: whatever the order of entries, it neither throws nor loses an original. */
export function foldOnto(state: FoldState, entry: Entry): void {
  state.built.run = null;
  if (entry.type === 'run-opened') {
    state.opening ??= entry;
    return;
  }
  foldContent(state, entry);
  noteClocks(state, entry);
}

function foldContent(state: FoldState, entry: Exclude<Entry, { type: 'run-opened' }>): void {
  if (entry.type === 'ordered') return foldOrder(state, entry);
  if (entry.type === 'sampled') return foldSample(state, entry);
  // Before the service's own notes: what a change means for the run depends on where the service stood.
  foldRunEntry(state, entry);
  foldServiceEntry(state, entry);
}

/**
 * An entry of another boot, or of a clock that was set, is passed over: until it is on record which of the two it was, only an
 * entry of before shows that there was one.
 */
function noteClocks(state: FoldState, entry: Entry): void {
  const { at, upMs } = entry;
  updateFrame(state, ({ lastEntryAt }) => (tellsBoot(entry) || isSameClock(lastEntryAt, entry) ? { lastEntryAt: { at, upMs } } : {}));
}

function foldOrder(state: FoldState, entry: Extract<Entry, { type: 'ordered' }>): void {
  const { opening } = state;
  if (opening === null) return;
  const { seq, at, upMs, by, order } = entry;
  const before = state.frame?.order.command;
  // On the way back services took new work again, or may have: what was proven and signed before says nothing any more.
  const anew = before === 'resume' && order.command !== 'resume' ? { holdFromSeq: seq, ...NO_PROOF, confirmed: null } : {};
  state.frame = {
    ...(state.frame ?? startFrame(opening)),
    ...anew,
    ...(order.command === 'resume' && { claim: null }),
    order,
    orderedBy: by,
    orderedAt: { at, upMs },
    reason: order.reason ?? state.frame?.reason ?? null,
  };
  for (const name of state.services.keys()) note(state, name, underNewOrder);
  if (order.command !== 'resume') order.services.forEach((name) => planService(state, name));
}

function startFrame(opening: Extract<Entry, { type: 'run-opened' }>): Omit<RunFrame, 'order' | 'orderedBy' | 'orderedAt' | 'reason'> {
  return {
    id: opening.runId,
    source: opening.computer.source,
    computerName: opening.computer.name,
    bootedAtLast: opening.computer.bootedAt,
    bootIdLast: opening.computer.bootId ?? null,
    lastEntryAt: { at: opening.at, upMs: opening.upMs },
    openedAt: opening.at,
    openedBy: opening.by,
    overrides: [],
    claim: null,
    holdFromSeq: 0,
    ...NO_PROOF,
    confirmed: null,
    acceptances: new ServiceMap(),
    acceptedInAdvance: new ServiceMap(),
    losses: [],
    lastSeen: new ServiceMap(),
    restart: null,
    closed: null,
  };
}

/** Takes a service into the plan. One that was given back already begins again; its original stays. */
function planService(state: FoldState, serviceName: string): void {
  const service = serviceOf(state, serviceName);
  const isBack = service.notes.returned !== null;
  if (isBack) note(state, serviceName, beginAgain);
  if (service.isPlanned && !isBack) return;
  // A proof of quiet from before does not speak for a service that joined later.
  updateFrame(state, NO_PROOF);
  if (service.isPlanned) return;
  service.isPlanned = true;
  state.planned.push(serviceName);
}

function beginAgain(notes: ServiceNotes): Partial<ServiceNotes> {
  const { leftOut, leak, kept } = notes;
  return { ...blankNotes(notes.serviceName), leftOut, leak, kept };
}

/** What was done and seen belongs to the order before; so does what was chosen for a conflict of then. */
function underNewOrder(notes: ServiceNotes): Partial<ServiceNotes> {
  return {
    choice: null,
    // Only written by versions that closed a run without starting what it had stopped: that is still to be done.
    returned: notes.returned === 'start-type-only' ? null : notes.returned,
    outsideChange: null,
    pause: stale(notes.pause),
    setStart: stale(notes.setStart),
    restart: stale(notes.restart),
    restoreStart: stale(notes.restoreStart),
  };
}

function stale(status: ChangeStatus): ChangeStatus {
  return status.kind === 'done' || status.kind === 'failed' ? { ...status, stale: true } : status;
}

function foldSample(state: FoldState, entry: Extract<Entry, { type: 'sampled' }>): void {
  const { seq, at, upMs, sessions, atLeast = {} } = entry;
  state.samples.add({ seq, at, upMs, sessions, atLeast });
  state.built.samples = null;
  const held = state.frame?.heldZero ?? null;
  if (held !== null) updateFrame(state, { heldZero: heldZeroAfter(held, entry, (name) => isInPlan(serviceOf(state, name))) });
  const proof = state.frame?.quiet ?? null;
  if (proof === null) return;
  const isContradicted = state.planned.some((name) => contradictsQuiet(state, serviceOf(state, name), sessions));
  // A source that a new process has only just asked has said nothing yet: a gap, and neither proof nor contradiction.
  const isPending = state.planned.some((name) => sessions[name] === 'not-read-yet');
  if (isContradicted || !isPending) updateFrame(state, { quiet: isContradicted ? null : grow(proof, { at, upMs }) });
}

function isInPlan({ original, notes }: FoldedService): boolean {
  return original !== null && !notes.leftOut && notes.returned === null;
}

/**
 * A count above zero always contradicts; an unknown or missing one does unless it stands accepted. What is out of the plan is
 * not asked.
 */
function contradictsQuiet({ frame }: FoldState, service: FoldedService, sessions: EntryContents['sampled']['sessions']): boolean {
  if (!isInPlan(service)) return false;
  const { notes } = service;
  const acceptance = frame?.acceptances.get(notes.serviceName);
  const count = sessions[notes.serviceName];
  if (typeof count !== 'number') return acceptance === undefined && count !== 'not-read-yet';
  return count > (acceptance?.cut ?? 0);
}

type OtherEntry = Exclude<Entry, { type: 'run-opened' | 'ordered' | 'sampled' }>;

/** What an entry says of one service. */
function foldServiceEntry(state: FoldState, entry: OtherEntry): void {
  switch (entry.type) {
    case 'original':
      return foldOriginal(state, entry);
    case 'left-out':
      return note(state, entry.serviceName, () => ({ leftOut: true }));
    case 'intended':
      return note(state, entry.serviceName, () => intendedNotes(entry));
    case 'changed':
      return note(state, entry.serviceName, () => changedNotes(entry));
    case 'failed':
      return note(state, entry.serviceName, () => failedNotes(entry));
    case 'leaked': {
      const { before, after, from, at } = entry;
      return note(state, entry.serviceName, () => ({ leak: { before, after, from, at } }));
    }
    case 'outside-change':
      return note(state, entry.serviceName, () => ({ outsideChange: entry.problem }));
    case 'stalled':
      return note(state, entry.serviceName, () => ({ stalledAt: entry.at }));
    case 'choice':
      return note(state, entry.serviceName, ({ kept }) => ({ choice: entry.choice, kept: keptAfter(kept, entry.kept) }));
    case 'returned':
      return note(state, entry.serviceName, () => ({ returned: entry.how, unseenPauseUpMs: null }));
    case 'tail-lost':
      return Object.entries(entry.held).forEach(([name, held]) => note(state, name, (notes) => heldNotes(notes, held)));
    case 'restarted':
      // What was ordered before the restart cannot come any more.
      return [...state.services.keys()].forEach((name) => note(state, name, () => ({ unseenPauseUpMs: null })));
    case 'accepted-by-hand':
    case 'accepted':
    case 'acceptance-ended':
    case 'awake':
    case 'lost':
    case 'observed':
    case 'pool-looked':
    case 'yielded':
    case 'overridden':
    case 'quiet':
    case 'held-zero':
    case 'confirmed':
    case 'withdrawn':
    case 'closed':
  }
}

/** The first one stays. Only its start type follows what another person sets while the run does not hold it. */
function foldOriginal(state: FoldState, { serviceName, original }: Extract<Entry, { type: 'original' }>): void {
  const service = serviceOf(state, serviceName);
  if (service.original === null) service.original = original;
  else if (!isStartHeld(service.notes)) service.original = { ...service.original, start: original.start };
  service.firstStart ??= original.start;
  state.built.services = null;
}

/** What an entry says of the run as a whole. */
function foldRunEntry(state: FoldState, entry: OtherEntry): void {
  switch (entry.type) {
    case 'overridden':
      return updateFrame(state, (frame) => overriddenBy(frame, entry));
    case 'accepted-by-hand':
    case 'accepted':
      return updateFrame(state, (frame) => acceptedNotes(frame, entry));
    // What came back takes calls again.
    case 'returned':
    case 'acceptance-ended':
      return updateFrame(state, (frame) => withoutAcceptance(frame, entry.serviceName));
    case 'changed':
      return foldChanged(state, entry);
    case 'awake':
    case 'outside-change':
      return endProof(state, entry.seq);
    case 'observed':
      return updateFrame(state, (frame) => observedNotes(frame, entry));
    case 'lost':
      return updateFrame(state, (frame) => lossNotes(frame, entry));
    case 'quiet':
    case 'held-zero':
      return updateFrame(state, (frame) => proofNotes(frame, entry));
    case 'confirmed':
      return updateFrame(state, { confirmed: confirmedBy(entry) });
    case 'withdrawn':
      return updateFrame(state, withdrawnNotes(entry));
    case 'tail-lost':
      return updateFrame(state, tailLostNotes(entry));
    case 'choice':
      return updateFrame(state, (frame) => withoutUnrecorded(frame, entry.serviceName));
    case 'restarted':
      return foldRestart(state, entry);
    case 'closed':
      return updateFrame(state, { closed: { at: entry.at, upMs: entry.upMs, outcome: entry.outcome } });
    case 'pool-looked':
      return updateFrame(state, (frame) => ({ claim: claimAfter(frame.claim, entry) }));
    case 'yielded':
    case 'original':
    case 'left-out':
    case 'intended':
    case 'failed':
    case 'leaked':
    case 'stalled':
  }
}

function foldRestart(state: FoldState, { bootedAt, bootId, running }: Extract<Entry, { type: 'restarted' }>): void {
  updateFrame(state, (frame) => ({
    ...afterRestart(frame),
    heldZero: null,
    bootedAtLast: bootedAt,
    bootIdLast: bootId ?? null,
    restart: { bootedAt, running },
  }));
}

function foldChanged(state: FoldState, entry: Extract<Entry, { type: 'changed' }>): void {
  if (entry.change === 'pause') updateFrame(state, (frame) => pausedNotes(frame, entry.serviceName));
  if (entry.change === 'continue') updateFrame(state, (frame) => awakeNotes(frame, entry.serviceName));
  if (isNewPause(state, entry)) endProof(state, entry.seq);
}

function endProof(state: FoldState, seq: number): void {
  updateFrame(state, { holdFromSeq: seq, ...NO_PROOF });
}

/** A further order says of a pause that was done before that it still is: that takes nothing from a proof of quiet. */
function isNewPause(state: FoldState, { serviceName, change }: Extract<Entry, { type: 'changed' }>): boolean {
  return change === 'pause' && serviceOf(state, serviceName).notes.pause.kind !== 'done';
}

/** @param update what changes, or what to make of the frame as it is */
function updateFrame(state: FoldState, update: Partial<RunFrame> | ((frame: RunFrame) => Partial<RunFrame>)): void {
  if (state.frame === null) return;
  state.frame = { ...state.frame, ...(typeof update === 'function' ? update(state.frame) : update) };
}

/** Replaces a service's notes; the notes that were given out before stay as they are. */
function note(state: FoldState, serviceName: string, update: (notes: ServiceNotes) => Partial<ServiceNotes>): void {
  const service = serviceOf(state, serviceName);
  service.notes = { ...service.notes, ...update(service.notes) };
  state.built.services = null;
}

function serviceOf(state: FoldState, serviceName: string): FoldedService {
  const known = state.services.get(serviceName);
  if (known !== undefined) return known;
  const added: FoldedService = { original: null, firstStart: null, notes: blankNotes(serviceName), isPlanned: false };
  state.services.set(serviceName, added);
  return added;
}
