/**
 * The places of a sentence: what it must be told, and what it may be told (those end in `?`; it reads well without them).
 * Values are names and numbers as programs know them; `language` says them.
 */
export type PlaceValue = string | number;

type MayBeTold<Place> = Place extends `${infer Name}?` ? Name : never;
type MustBeTold<Place extends string> = Place extends `${string}?` ? never : Place;

/** The params that fill these places. */
export type ParamsFor<Places extends readonly string[]> = Readonly<Record<MustBeTold<Places[number]>, PlaceValue>> &
  Readonly<Partial<Record<MayBeTold<Places[number]>, PlaceValue>>>;

/** Arguments of a function that takes params last: none need be given where none is required. */
export type ParamsArgument<Places extends readonly string[]> = [MustBeTold<Places[number]>] extends [never]
  ? [params?: ParamsFor<Places>]
  : [params: ParamsFor<Places>];
