/*
 * DNS and NetBIOS compare names of computers without regard to letter case (RFC 4343): `FE02.contoso.com`, as the topology may have it, is
 * fe02.contoso.com. Names are compared here and shown as they were written.
 */

/** True when both name the same computer. */
export function isSameComputer(one: string, other: string): boolean {
  return computerKey(one) === computerKey(other);
}

/** True when one of the names is this computer's. */
export function namesComputer(names: readonly string[], computer: string): boolean {
  return names.some((name) => isSameComputer(name, computer));
}

/** Each computer once, spelled as it is named last. */
export function distinctComputers(names: readonly string[]): readonly string[] {
  return [...new Map(names.map((name) => [computerKey(name), name])).values()];
}

/** The same text for every spelling of a computer's name, to find it by in a map. */
export function computerKey(name: string): string {
  return name.toLowerCase();
}

/** Its first label: what a computer in no domain calls itself. */
export function firstLabel(name: string): string {
  return name.split('.', 1)[0] ?? name;
}
