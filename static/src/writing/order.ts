// The draft's events in the order of `seq`, each once, none left out.

import type { Happened } from "../live/messages.ts";

const PATIENCE_MS = 1_000;
const MOST_EARLY = 1_000; // what is beyond is asked for again

export class Order {
  seq: number;
  private head: number;
  private readonly apply: (event: Happened) => void;
  private readonly early = new Map<number, Happened>();
  private movedAt = 0; // when the order last went on, or was asked to

  constructor(seq: number, apply: (event: Happened) => void) {
    this.seq = this.head = seq;
    this.apply = apply;
  }

  /** An event is known to exist. */
  know(seq: number): void {
    this.head = Math.max(this.head, seq);
  }

  take(event: Happened, now: number): void {
    if (!this.behind) this.movedAt = now;
    this.know(event.seq);
    if (event.seq <= this.seq) return;
    if (this.early.size < MOST_EARLY) this.early.set(event.seq, event);
    for (let next = this.early.get(this.seq + 1); next; next = this.early.get(this.seq + 1)) {
      this.early.delete(next.seq);
      this.seq = next.seq;
      this.movedAt = now;
      this.apply(next);
    }
  }

  get behind(): boolean {
    return this.head > this.seq;
  }

  /** Whether something has been missing for so long that it must be asked for. */
  isLate(now: number): boolean {
    return this.behind && now - this.movedAt >= PATIENCE_MS;
  }

  asked(now: number): void {
    this.movedAt = now;
  }
}
