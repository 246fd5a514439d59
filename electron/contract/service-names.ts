/*
 * Windows compares service names without regard to letter case: `RtcSrv`, as an installer may have registered it, is RTCSRV.
 * Names are compared here and shown as they were written.
 */

/** True when both name the same service. */
export function isSameService(one: string, other: string): boolean {
  return one === other || keyOf(one) === keyOf(other);
}

/** True when one of the names is this service's. */
export function namesService(names: readonly string[], serviceName: string): boolean {
  return names.some((name) => isSameService(name, serviceName));
}

/** As `namesService`, for names that are asked about many services. */
export function namedIn(names: readonly string[]): (serviceName: string) => boolean {
  const keys = new Set(names.map(keyOf));
  return (serviceName) => keys.has(keyOf(serviceName));
}

/** Each service once, spelled as it is named first. */
export function distinctServices(names: readonly string[]): readonly string[] {
  return [...new ServiceMap(names.map((name) => [name, name])).keys()];
}

/** A map by service name that finds a service however its name is written. Keys keep the spelling in which they came first. */
export class ServiceMap<T> extends Map<string, T> {
  readonly #spellings = new Map<string, string>();

  constructor(entries: Iterable<readonly [string, T]> = []) {
    super();
    for (const [serviceName, value] of entries) this.set(serviceName, value);
  }

  override get(serviceName: string): T | undefined {
    return super.get(this.#spelled(serviceName));
  }

  override has(serviceName: string): boolean {
    return super.has(this.#spelled(serviceName));
  }

  override set(serviceName: string, value: T): this {
    const spelled = this.#spelled(serviceName);
    this.#spellings.set(keyOf(spelled), spelled);
    return super.set(spelled, value);
  }

  override delete(serviceName: string): boolean {
    const spelled = this.#spelled(serviceName);
    this.#spellings.delete(keyOf(spelled));
    return super.delete(spelled);
  }

  override clear(): void {
    this.#spellings.clear();
    super.clear();
  }

  #spelled(serviceName: string): string {
    return this.#spellings.get(keyOf(serviceName)) ?? serviceName;
  }
}

function keyOf(serviceName: string): string {
  return serviceName.toUpperCase();
}
