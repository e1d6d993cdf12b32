// A clock that only goes on when told: everything due is done in order, and nothing waits.

interface Due {
  readonly at: number;
  readonly turn: number;
  readonly run: () => void | Promise<void>;
}

export class Clock {
  now = 1_000_000;
  private turn = 0;
  private due: Due[] = [];

  /** Runs something later; returns the function that calls it off. */
  after(ms: number, run: () => void | Promise<void>): () => void {
    const due = { at: this.now + ms, turn: this.turn++, run };
    let low = 0;
    let high = this.due.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.due[middle]?.at ?? 0) <= due.at) low = middle + 1;
      else high = middle;
    }
    this.due.splice(low, 0, due);
    return () => {
      this.due = this.due.filter((other) => other !== due);
    };
  }

  async goOn(ms: number): Promise<void> {
    const end = this.now + ms;
    for (let next = this.due[0]; next && next.at <= end; next = this.due[0]) {
      this.due.shift();
      this.now = Math.max(this.now, next.at);
      await next.run();
      await quiet();
    }
    this.now = end;
  }
}

/** Node's own: after everything that hangs on settled promises. */
declare function setImmediate(run: () => void): void;

export function quiet(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
