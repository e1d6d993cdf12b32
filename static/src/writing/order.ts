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
  private behindSince = 0;

  constructor(seq: number, apply: (event: Happened) => void) {
    this.seq = this.head = seq;
    this.apply = apply;
  }

  /** An event is known to exist. */
  know(seq: number, now: number): void {
    if (!this.behind) this.movedAt = this.behindSince = now;
    this.head = Math.max(this.head, seq);
  }

  take(event: Happened, now: number): void {
    this.know(event.seq, now);
    if (event.seq <= this.seq) return;
    if (this.early.size < MOST_EARLY) this.early.set(event.seq, event);
    this.goOn(now);
  }

  /** Everything up to `seq` has become known in another way: the page was fetched afresh. */
  jump(seq: number, now: number): void {
    this.know(seq, now);
    this.seq = Math.max(this.seq, seq);
    for (const early of [...this.early.keys()]) if (early <= this.seq) this.early.delete(early);
    this.goOn(now);
  }

  private goOn(now: number): void {
    for (let next = this.early.get(this.seq + 1); next; next = this.early.get(this.seq + 1)) {
      this.early.delete(next.seq);
      this.seq = next.seq;
      this.movedAt = now;
      this.apply(next);
    }
  }

  private get behind(): boolean {
    return this.head > this.seq;
  }

  /** Whether something has been missing for so long that a person should know. */
  isBehind(now: number): boolean {
    return this.behind && now - this.behindSince >= PATIENCE_MS;
  }

  /** Whether something has been missing for so long that it must be asked for. */
  isLate(now: number): boolean {
    return this.behind && now - this.movedAt >= PATIENCE_MS;
  }

  asked(now: number): void {
    this.movedAt = now;
  }
}
