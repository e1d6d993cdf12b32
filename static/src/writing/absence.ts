// How long the line has been silent. A page's own time may stand still while the machine sleeps, and the
// clock on the wall may be set: the longer of the two counts, for to ask once too often harms nobody.

const LONG_MS = 600_000;

export interface Clocks {
  now(): number;
  wall?(): number;
}

export class Absence {
  since: number; // when the line was last alive, by the page's time
  private wallSince: number;
  private readonly clocks: Clocks;

  constructor(clocks: Clocks, since: number) {
    this.clocks = clocks;
    this.since = since || clocks.now();
    this.wallSince = this.wall;
  }

  /** The line is alive. */
  end(): void {
    this.since = this.clocks.now();
    this.wallSince = this.wall;
  }

  get isLong(): boolean {
    return Math.max(this.clocks.now() - this.since, this.wall - this.wallSince) > LONG_MS;
  }

  private get wall(): number {
    return this.clocks.wall?.() ?? 0;
  }
}
