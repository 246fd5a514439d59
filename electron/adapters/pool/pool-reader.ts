import type { Instant } from '../../contract/computer.js';
import type { KnownReadiness, OtherServer, PoolFacts, PoolReadiness, PoolReading, PoolTrouble } from '../../contract/facts.js';
import { problem, type Problem } from '../../contract/problem.js';
import type { UnknownReason } from '../../contract/service.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../contract/time-units.js';
import type { NameAddresses, NameService } from '../../ports/name-service.js';
import type {
  CmdletsSay,
  MembersMemory,
  PoolCmdlets,
  PoolMembers,
  ReadinessMemory,
  RemoteServiceControl,
  ServerPool,
} from '../../ports/pool-information.js';
import { withinDeadline } from '../time/within-deadline.js';
import { KeptMembers } from './kept-members.js';
import { namesOfOthers, OtherServers } from './other-servers.js';
import { addAnswer, ASK_AGAIN_MS } from './readiness-answers.js';

/** Only a topology that is published anew changes them. */
const MEMBERS_AGE_MS = HOUR_MS;
/** After a refusal or a silence. */
const MEMBERS_REST_MS = 10 * MINUTE_MS;
const ADDRESSES_AGE_MS = MINUTE_MS;
/** An older answer says nothing of now. */
const READINESS_AGE_MS = ASK_AGAIN_MS + 5 * MINUTE_MS;
/** Readings that follow each other so closely show that a person looks, or that a run is open. Only then PowerShell is started. */
const WATCHED_MS = 10 * SECOND_MS;
/** How long a command waits for the pool. */
const SETTLE_MS = 30 * SECOND_MS;
/** What the other servers said is asked again so often while a person looks. */
const OTHERS_AGE_MS = 30 * SECOND_MS;
/** How long a pause waits for the other servers: a little longer than the deadline of one question. */
const LOOK_MS = 10 * SECOND_MS;

/** This server, or the name that was given for its pool, is of no pool that was told earlier. */
const OUTSIDE: readonly string[] = ['not-supported', 'name-not-ours'] satisfies readonly (PoolTrouble | UnknownReason)[];

export interface PoolReaderParts {
  readonly nameService: NameService;
  readonly cmdlets: PoolCmdlets;
  readonly memory: ReadinessMemory;
  readonly membersMemory: MembersMemory;
  /** What an administrator called the pool; null if nobody did. */
  readonly named: string | null;
  /** Null where they are not known: then no address counts as foreign. */
  readonly ownAddresses: () => readonly string[] | null;
  /** Only a Front End stands in a pool with a quorum. */
  readonly isFrontEnd: () => Promise<boolean>;
  /** What this computer calls itself: the first label of its name. */
  readonly ownName: () => Promise<string>;
  readonly now: () => Instant;
  readonly remote: RemoteServiceControl;
  readonly settleMs?: number;
  readonly lookMs?: number;
}

/** Something that was learnt, and when on the monotonic clock. */
interface Learnt<T> {
  readonly value: T;
  readonly atMs: number;
}

/**
 * The pool of a real server. A reading starts what is due and is answered at once with what is known by then: neither DNS nor a cmdlet
 * holds up a pause. An idle tray app starts no PowerShell.
 */
export class PoolReader implements ServerPool {
  readonly #parts: PoolReaderParts;
  #named: string | null;
  #isFrontEnd: boolean | null = null;
  #members: Learnt<CmdletsSay<PoolMembers>> | null = null;
  #addresses: (Learnt<NameAddresses> & { readonly name: string }) | null = null;
  #readiness: (Learnt<PoolReadiness> & { readonly active: number | null }) | null = null;
  /** What the cmdlets told earlier, until they tell it now. */
  readonly #kept: KeptMembers;
  readonly #others: OtherServers;
  #lastLookMs: number | null = null;
  #cmdletWork: Promise<void> | null = null;
  #addressWork: Promise<void> | null = null;
  #lastReadMs: number | null = null;
  #isOver = false;

  constructor(parts: PoolReaderParts) {
    this.#parts = parts;
    this.#named = parts.named;
    this.#kept = new KeptMembers(parts);
    this.#others = new OtherServers(parts.remote, parts.lookMs ?? LOOK_MS);
  }

  async read(): Promise<PoolReading> {
    const { upMs } = this.#parts.now();
    const isWatched = this.#lastReadMs !== null && upMs - this.#lastReadMs <= WATCHED_MS;
    this.#lastReadMs = upMs;
    if (isWatched) void this.#askCmdlets();
    if (isWatched && (this.#lastLookMs === null || upMs - this.#lastLookMs >= OTHERS_AGE_MS)) void this.#look();
    void this.#askAddresses();
    return this.#tell();
  }

  async readNow(): Promise<PoolReading> {
    const wasTold = this.#isTold();
    await this.#look();
    // The cmdlets told the members in the middle of a look at those that were kept: others may be among them.
    if (!wasTold && this.#isTold()) await this.#look();
    return this.#tell();
  }

  async settle(): Promise<void> {
    const { settleMs = SETTLE_MS } = this.#parts;
    const asked = this.#askCmdlets().then(() => Promise.all([this.#askAddresses(), this.#look()]));
    // A cmdlet that hangs leaves no time for those whose names are kept.
    const looked = this.#isTold() ? undefined : this.#look();
    await withinDeadline(Promise.all([asked, looked]), settleMs, undefined);
  }

  async nameIt(fqdn: string): Promise<Problem | null> {
    const found = await this.#parts.nameService.resolve(fqdn);
    if (found.kind === 'none') return problem('pool-name-unknown', { pool: fqdn });
    if (found.kind === 'addresses' && this.#isForeign(found.addresses)) {
      return problem('pool-name-not-ours', { pool: fqdn, addresses: found.addresses.join(', ') });
    }
    this.#named = fqdn;
    this.#addresses = { name: fqdn, value: found, atMs: this.#parts.now().upMs };
    return null;
  }

  async readFabricState(): Promise<CmdletsSay<string>> {
    await this.settle();
    const name = this.#name();
    if (this.#isFrontEnd === false || name === null) return { kind: 'unavailable', trouble: 'no-pool-name', raw: 'no pool of Front Ends' };
    return this.#parts.cmdlets.readFabricState(name);
  }

  end(): void {
    this.#isOver = true;
    this.#parts.cmdlets.end();
  }

  /** Several addresses, and none of them ours. A single one may be a hardware load balancer's. */
  #isForeign(addresses: readonly string[]): boolean {
    const own = this.#parts.ownAddresses();
    return own !== null && addresses.length > 1 && !addresses.some((address) => own.includes(address));
  }

  #askCmdlets(): Promise<void> {
    this.#cmdletWork ??= this.#readCmdlets().finally(() => {
      this.#cmdletWork = null;
    });
    return this.#cmdletWork;
  }

  async #readCmdlets(): Promise<void> {
    const { cmdlets, isFrontEnd } = this.#parts;
    this.#isFrontEnd ??= await isFrontEnd();
    if (!this.#isFrontEnd || this.#hasEnded()) return;
    const isMembersDue = this.#isDue(this.#members, this.#members?.value.kind === 'read' ? MEMBERS_AGE_MS : MEMBERS_REST_MS);
    if (isMembersDue) await this.#readMembers();
    if (this.#hasEnded()) return;
    const isReadinessDue = this.#isDue(this.#readiness, ASK_AGAIN_MS) && this.#memberCount() !== 1;
    if (isReadinessDue) await this.#readReadiness();
    // An open PowerShell with Lync's module takes much memory, and the next question is minutes away.
    if (isMembersDue || isReadinessDue) cmdlets.end();
  }

  /** Asking after the end would start another PowerShell, which keeps a program from ending. */
  #hasEnded(): boolean {
    return this.#isOver;
  }

  async #readMembers(): Promise<void> {
    const value = await this.#parts.cmdlets.readMembers();
    if (this.#hasEnded()) return;
    const { at, upMs } = this.#parts.now();
    this.#members = { value, atMs: upMs };
    if (value.kind !== 'read') return;
    this.#kept.keep({ ...value.value, toldAt: at });
    // The list may name other servers than those that were looked at so far.
    this.#lastLookMs = null;
  }

  async #readReadiness(): Promise<void> {
    const { cmdlets, now, memory } = this.#parts;
    const said = await cmdlets.readReadiness();
    const at = now();
    if (said.kind === 'unavailable' || said.value.state === null) {
      const trouble = said.kind === 'unavailable' ? said.trouble : 'not-told';
      this.#readiness = { value: { state: 'unknown', trouble }, active: null, atMs: at.upMs };
      return;
    }
    const name = this.#name() ?? '';
    const value: KnownReadiness = addAnswer(memory.read(name), said.value.state, at);
    memory.write(name, value);
    this.#readiness = { value, active: said.value.active, atMs: at.upMs };
  }

  async #look(): Promise<void> {
    if (!this.#isTold()) {
      this.#lastLookMs = this.#parts.now().upMs;
      await this.#kept.load();
    }
    const names = this.#isTold() ? this.#otherNames() : (this.#kept.find(this.#named)?.others ?? null);
    if (names === null || names.length === 0) return;
    this.#lastLookMs = this.#parts.now().upMs;
    await this.#others.look(names);
  }

  /** True once the cmdlets told the members: then nothing that is kept counts. */
  #isTold(): boolean {
    return this.#members?.value.kind === 'read';
  }

  /** As the cmdlets tell them now; null while they do not. */
  #otherNames(): readonly string[] | null {
    return this.#members?.value.kind === 'read' ? namesOfOthers(this.#members.value.value) : null;
  }

  #askAddresses(): Promise<void> {
    const name = this.#name();
    if (name === null || (this.#addresses?.name === name && !this.#isDue(this.#addresses, ADDRESSES_AGE_MS))) return Promise.resolve();
    this.#addressWork ??= this.#readAddresses(name).finally(() => {
      this.#addressWork = null;
    });
    return this.#addressWork;
  }

  async #readAddresses(name: string): Promise<void> {
    const value = await this.#parts.nameService.resolve(name);
    this.#addresses = { name, value, atMs: this.#parts.now().upMs };
  }

  #isDue(learnt: Learnt<unknown> | null, ageMs: number): boolean {
    return learnt === null || this.#parts.now().upMs - learnt.atMs >= ageMs;
  }

  #name(): string | null {
    return this.#members?.value.kind === 'read' ? this.#members.value.value.fqdn : this.#named;
  }

  #memberCount(): number | null {
    return this.#members?.value.kind === 'read' ? this.#members.value.value.members.length : null;
  }

  #tell(): PoolReading {
    const reading = this.#tellNow();
    const kept = this.#isTold() || (!reading.known && OUTSIDE.includes(reading.reason)) ? null : this.#kept.find(this.#named);
    if (kept === null) return reading;
    const { fqdn, toldAt, others } = kept;
    return { ...reading, kept: { fqdn, toldAt, others: this.#others.tell(others) } };
  }

  #tellNow(): PoolReading {
    if (this.#isFrontEnd === false) return { known: false, reason: 'not-supported' };
    const fqdn = this.#name();
    const said = this.#members?.value ?? null;
    const trouble: PoolTrouble = said === null ? 'not-read-yet' : said.kind === 'unavailable' ? said.trouble : 'not-told';
    if (fqdn === null) return { known: false, reason: trouble };
    const dns = this.#tellAddresses(fqdn);
    if (said?.kind !== 'read' && dns.isForeign) return { known: false, reason: 'name-not-ours' };
    const members = this.#memberCount();
    const othersInService = this.#tellOthers(members);
    const others = this.#otherNames();
    return {
      known: true,
      value: {
        fqdn,
        members,
        othersInService,
        ...(othersInService === null && { membersTrouble: trouble }),
        ...dns.facts,
        ...(members !== 1 && { readiness: this.#tellReadiness() }),
        ...((members ?? 0) > 1 && { others: others === null ? this.#tellNone() : this.#others.tell(others) }),
      },
    };
  }

  /** Which of the servers is this one is not known: none is asked, and nothing is said of any. */
  #tellNone(): readonly OtherServer[] {
    const services = { kind: 'unknown', reason: 'failed', raw: 'this computer is not among the servers of the pool' } as const;
    return this.#members?.value.kind === 'read' ? this.#members.value.value.members.map((fqdn) => ({ fqdn, services })) : [];
  }

  #tellAddresses(fqdn: string): { readonly facts: Pick<PoolFacts, 'addresses' | 'dnsTrouble'>; readonly isForeign: boolean } {
    const found = this.#addresses?.name === fqdn ? this.#addresses.value : null;
    const unknown = (dnsTrouble: PoolTrouble) => ({ facts: { addresses: null, dnsTrouble }, isForeign: false });
    switch (found?.kind) {
      case undefined:
        return unknown('not-read-yet');
      case 'none':
        return unknown('dns-not-found');
      case 'unavailable':
        return unknown(found.reason === 'refused' ? 'dns-refused' : 'dns-did-not-answer');
      case 'addresses':
        return { facts: { addresses: found.addresses.length }, isForeign: this.#isForeign(found.addresses) };
    }
  }

  /** Active Front Ends but this one, by an answer of now; null if it is too old, or says more than the pool has. */
  #tellOthers(members: number | null): number | null {
    if (members === null || members === 1) return members === null ? null : 0;
    const active = this.#isDue(this.#readiness, READINESS_AGE_MS) ? null : (this.#readiness?.active ?? null);
    return active === null || active > members ? null : Math.max(0, active - 1);
  }

  #tellReadiness(): PoolReadiness {
    if (this.#readiness === null || this.#isDue(this.#readiness, READINESS_AGE_MS)) return { state: 'unknown', trouble: 'not-read-yet' };
    return this.#readiness.value;
  }
}
