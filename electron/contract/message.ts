import type { MESSAGE_PLACES, MessageId } from './message-places.js';
import type { ParamsArgument, PlaceValue } from './places.js';

/** A sentence to be said in any language. */
export interface Message {
  readonly id: MessageId;
  readonly params: Readonly<Record<string, PlaceValue>>;
}

export function message<Id extends MessageId>(id: Id, ...[params]: ParamsArgument<(typeof MESSAGE_PLACES)[Id]>): Message {
  return { id, params: params ?? {} };
}
