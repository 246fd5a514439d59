import { statSync } from 'node:fs';

import * as v from 'valibot';

import { POOL_TROUBLES, type PoolReading } from '../../contract/facts.js';
import type { ProductReading } from '../../contract/installed-server.js';
import { problem, ProblemError } from '../../contract/problem.js';
import type { InventoriedService, ServerInventory } from '../../contract/server-inventory.js';
import { SHOWN_STATES, START_TYPES, type FailureAction, type StartType } from '../../contract/service.js';
import { EVIDENCE_SOURCES, MAX_PLAUSIBLE_SESSIONS, UNKNOWN_SESSION_REASONS, type SessionReading } from '../../contract/sessions.js';
import { serviceName } from '../../contract/settings-schema.js';
import { readFileOnly } from './owned-lock.js';

/** A server has some hundred services; what is larger was written by something else. */
const MAX_BYTES = 5_000_000;
const MAX_SERVICES = 2_000;

const text = v.pipe(v.string(), v.maxLength(1_000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_PLAUSIBLE_SESSIONS));
const processId = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1));
const names = v.pipe(v.array(text), v.maxLength(MAX_SERVICES));
const FAILURE_ACTIONS = ['none', 'restart', 'reboot', 'run-command'] as const satisfies readonly FailureAction[];

const sessions = v.union([
  v.object({ count, evidence: v.picklist(EVIDENCE_SOURCES) }),
  v.object({
    unknown: v.picklist(UNKNOWN_SESSION_REASONS),
    atLeast: v.optional(count),
    ageSeconds: v.optional(v.pipe(v.number(), v.minValue(0))),
    signs: v.optional(v.object({ connections: v.nullable(count), mediaPorts: v.nullable(count) })),
  }),
]);

/** What earlier versions did not write is not known; what later ones write beside it is passed over. */
const service = v.object({
  serviceName,
  displayName: text,
  state: v.picklist(SHOWN_STATES),
  startType: v.nullable(v.picklist(START_TYPES)),
  processId,
  pausable: v.nullable(v.boolean()),
  delayed: v.optional(v.nullable(v.boolean())),
  account: v.optional(v.nullable(text), null),
  dependencies: v.optional(v.nullable(names), null),
  dependents: v.optional(v.nullable(names), null),
  failureActions: v.optional(v.nullable(v.pipe(v.array(v.picklist(FAILURE_ACTIONS)), v.maxLength(100))), null),
  hasStartTrigger: v.optional(v.nullable(v.boolean()), null),
  sharesProcess: v.optional(v.boolean(), false),
  sessions: v.optional(v.nullable(sessions), null),
});
type WrittenService = v.InferOutput<typeof service>;

const services = v.pipe(v.array(service), v.maxLength(MAX_SERVICES));
const members = v.optional(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1_000))), null);

const pool = v.union([
  v.object({ unknown: text }),
  v.object({
    fqdn: v.pipe(text, v.nonEmpty()),
    members,
    othersInService: members,
    addresses: members,
    membersTrouble: v.optional(v.picklist(POOL_TROUBLES)),
    dnsTrouble: v.optional(v.picklist(POOL_TROUBLES)),
  }),
]);

const inventoryFile = v.object({
  schema: v.literal(1),
  computer: v.optional(v.object({ name: v.pipe(text, v.nonEmpty()), bootedAt: v.pipe(v.string(), v.isoTimestamp()) })),
  server: v.optional(v.object({ version: v.optional(v.nullable(v.pipe(v.string(), v.regex(/^\d{1,3}(\.\d{1,10}){1,5}$/))), null) })),
  pool: v.optional(pool, { unknown: 'not-told' }),
  services: v.pipe(services, v.minLength(1)),
  otherServices: v.optional(services, []),
});

/**
 * Reads what `services --json` printed (electron/apps/cli/json/inventory-json.ts), also as Windows PowerShell writes it to a file.
 * @throws ProblemError server-file-unreadable, server-file-wrong
 */
export function readInventoryFile(path: string): ServerInventory {
  let value: unknown;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProblemError(problem('server-file-wrong', { path, detail: error.message }), { cause: error });
  }
  const parsed = v.safeParse(inventoryFile, value);
  if (parsed.success) return toInventory(parsed.output);
  const [issue] = parsed.issues;
  throw new ProblemError(problem('server-file-wrong', { path, detail: `${v.getDotPath(issue) ?? 'JSON'}: ${issue.message}` }));
}

function readText(path: string): string {
  const unreadable = (code: string, cause?: unknown): ProblemError =>
    new ProblemError(problem('server-file-unreadable', { path, code }), { cause });
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) throw unreadable('EFBIG');
    return decode(readFileOnly(path));
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw unreadable((error as NodeJS.ErrnoException).code ?? 'unknown', error);
  }
}

/** `>` of Windows PowerShell 5.1 writes UTF-16 with a byte order mark. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function toInventory(file: v.InferOutput<typeof inventoryFile>): ServerInventory {
  const { computer, server } = file;
  return {
    computer: computer ?? { name: 'COPY', bootedAt: new Date(0).toISOString() },
    // Role and edition follow from the services.
    installed: { role: null, edition: null, product: toProduct(server?.version ?? null) },
    pool: toPool(file.pool),
    services: file.services.flatMap(toService),
    otherServices: file.otherServices.flatMap(toService),
  };
}

function toProduct(version: string | null): ProductReading {
  return version === null ? { known: false, reason: 'not-told' } : { known: true, version, majorVersion: Number(version.split('.')[0]) };
}

function toPool(written: v.InferOutput<typeof pool>): PoolReading {
  if (!('unknown' in written)) {
    const { membersTrouble, dnsTrouble, ...value } = written;
    return {
      known: true,
      value: { ...value, ...(membersTrouble !== undefined && { membersTrouble }), ...(dnsTrouble !== undefined && { dnsTrouble }) },
    };
  }
  const known = [...POOL_TROUBLES, 'not-supported', 'access-denied'] as const;
  return { known: false, reason: known.find((reason) => reason === written.unknown) ?? 'not-told' };
}

/** A service that was planned and is no more on that server is none of the copy. */
function toService(written: WrittenService): readonly InventoriedService[] {
  const { state, startType, delayed, sessions: reading, ...rest } = written;
  if (state === 'missing') return [];
  return [
    {
      ...rest,
      state,
      start: startType === null ? null : toStart(startType, delayed),
      sessions: reading === null ? null : toReading(reading),
    },
  ];
}

function toStart(startType: StartType, delayed: boolean | null | undefined): InventoriedService['start'] {
  if (startType === 'auto-delayed') return { startType: 'auto', delayed: true };
  return { startType, delayed: delayed === undefined ? false : delayed };
}

function toReading(written: v.InferOutput<typeof sessions>): SessionReading {
  if ('count' in written) return { kind: 'count', count: written.count, evidence: written.evidence, arrivals: [] };
  const { unknown: reason, atLeast = 0, ageSeconds = 0 } = written;
  return {
    kind: 'unknown',
    reason,
    raw: null,
    ...(atLeast > 0 && { atLeast: { count: atLeast, evidence: 'tcp', ageMs: 1_000 * ageSeconds } }),
  };
}
