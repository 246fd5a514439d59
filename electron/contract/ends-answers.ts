import * as v from 'valibot';

import { POOL_TROUBLES } from './facts.js';
import { SERVICE_STATES } from './service.js';
import {
  END_KINDS,
  END_SIGNS,
  NAMELESS,
  UNKNOWN_ENDS_REASONS,
  type AddressName,
  type EndKind,
  type EndsList,
  type SessionEnd,
} from './session-ends.js';

/** Parsers of the answers about who is connected, as those in ipc-answers.ts. */

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const sessionEnd: v.GenericSchema<unknown, SessionEnd> = v.strictObject({
  address: v.string(),
  port: count,
  localPort: count,
  kind: v.picklist(END_KINDS),
  sign: v.nullable(v.picklist(END_SIGNS)),
  ageMs: v.pipe(v.number(), v.minValue(0)),
  isAgeExact: v.boolean(),
});

const endKinds: v.GenericSchema<unknown, Readonly<Record<EndKind, number>>> = v.strictObject({
  client: count,
  unknown: count,
  server: count,
  gateway: count,
  edge: count,
  'pool-member': count,
});

export const endsList: v.GenericSchema<unknown, EndsList> = v.strictObject({
  services: v.array(
    v.strictObject({
      serviceName: v.string(),
      displayName: v.string(),
      state: v.picklist(SERVICE_STATES),
      tcp: v.variant('known', [
        v.strictObject({ known: v.literal(true), connections: count, kinds: endKinds, ends: v.array(sessionEnd) }),
        v.strictObject({ known: v.literal(false), reason: v.picklist(UNKNOWN_ENDS_REASONS) }),
      ]),
      usesUdp: v.boolean(),
    }),
  ),
  serversTrouble: v.nullable(v.picklist(POOL_TROUBLES)),
});

const addressName: v.GenericSchema<unknown, AddressName> = v.variant('kind', [
  v.strictObject({ kind: v.literal('name'), name: v.string() }),
  v.strictObject({ kind: v.picklist(NAMELESS) }),
]);
export const namedAddress = v.strictObject({ address: v.string(), found: addressName });
