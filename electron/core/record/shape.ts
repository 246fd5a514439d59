/** True when a value that came from outside has the shape of T. */
export type Shape<T> = (value: unknown) => value is T;

export const isText: Shape<string> = (value) => typeof value === 'string';
export const isFlag: Shape<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Shape<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
export const isWholeNumber: Shape<number> = (value): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const TIMESTAMP = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/;

/** A point in time in UTC, ISO 8601, that `Date` understands. By pattern, because `Date.parse` is four times slower. */
export const isTimestamp: Shape<string> = (value): value is string => typeof value === 'string' && TIMESTAMP.test(value);

export function oneOf<const T>(...values: readonly T[]): Shape<T> {
  const allowed = new Set<unknown>(values);
  return (value): value is T => allowed.has(value);
}

export function nullOr<T>(shape: Shape<T>): Shape<T | null> {
  return (value): value is T | null => value === null || shape(value);
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(shape);
}

/** A plain object of any keys. */
export function recordOf<T>(shape: Shape<T>): Shape<Record<string, T>> {
  return (value): value is Record<string, T> => {
    if (!isObject(value)) return false;
    for (const key in value) if (!shape(value[key])) return false;
    return true;
  };
}

/** A plain object with these fields; others beside them are let pass. */
export function object<T extends object>(fields: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const checks = Object.entries<Shape<unknown>>(fields);
  return (value): value is T => isObject(value) && checks.every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name]));
}

/** A plain object with these fields, and those others, if they are there, in their shape. */
export function objectWith<T extends object, O extends object>(
  fields: { readonly [K in keyof T]: Shape<T[K]> },
  optional: { readonly [K in keyof O]: Shape<O[K]> },
): Shape<T & Partial<O>> {
  const whole = object<T>(fields);
  const checks = Object.entries<Shape<unknown>>(optional);
  return (value): value is T & Partial<O> =>
    whole(value) && checks.every(([name, shape]) => !Object.hasOwn(value, name) || shape((value as Record<string, unknown>)[name]));
}

/** One of several objects, told apart by the text in `kind`. */
export function byKind<T extends { readonly kind: string }>(shapes: {
  readonly [K in T['kind']]: Shape<Omit<Extract<T, { kind: K }>, 'kind'>>;
}): Shape<T> {
  const byName = new Map<unknown, Shape<unknown>>(Object.entries<Shape<unknown>>(shapes));
  return (value): value is T => isObject(value) && byName.get(value['kind'])?.(value) === true;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
