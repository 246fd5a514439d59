import type { FrontEndHealth, GroupPlacement } from '../../../electron/ports/front-end-health.js';

/** A Front-End whose counts of endpoints come one after the other; the last one stays. */
export class FakeHealth implements FrontEndHealth {
  listening: boolean | null = true;
  counts: (number | null)[] = [12];
  placement: GroupPlacement | null = null;
  looks = 0;
  readonly askedSince: string[] = [];

  async readPlacement(since: string): Promise<GroupPlacement | null> {
    this.askedSince.push(since);
    return this.placement;
  }
  async listens(): Promise<boolean | null> {
    return this.listening;
  }
  async countRegistered(): Promise<number | null> {
    this.looks += 1;
    return this.counts.length > 1 ? this.counts.shift()! : this.counts[0]!;
  }
}
