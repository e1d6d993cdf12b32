// Which provisions are near the screen, and which of them the page was not shown as they are now.
//
// - An event makes its provisions stale, a frame that shows them fresh again: what is shown is
//   pushed for what is near, so that mostly nothing has to be asked for.
// - What comes near stale is asked for at once; what was near and is not shown within a while, too.
// - The caller tells the time and says what this says.

import type { Happened, Shown } from "./messages.ts";

export interface Look {
  readonly near: string[];
  readonly stale: string[];
}

const NEAR_MAX = 100; // as the server takes them
const PATIENCE_MS = 3_000;

export class Nearness {
  private near: readonly string[] = [];
  private told: ReadonlySet<string> | null = null;
  private readonly stale = new Map<string, number>(); // since when, or when it was asked for last

  happened(event: Pick<Happened, "data">, now: number): void {
    const { data } = event;
    const keys = "provision" in data ? [data.provision] : data.provisions;
    for (const key of keys) if (!this.stale.has(key)) this.stale.set(key, now);
  }

  shown(frame: Pick<Shown, "provision">): void {
    this.stale.delete(frame.provision);
  }

  /** What is near the screen now, in the order of the page. */
  look(keys: readonly string[]): void {
    this.near = keys.slice(0, NEAR_MAX);
  }

  /** The page was fetched anew: all of it is as it is now. */
  fetched(): void {
    this.stale.clear();
  }

  /** The server has forgotten what it was told. */
  forgotten(): void {
    this.told = null;
  }

  /** What to say now, null where the server knows it already. */
  due(now: number): Look | null {
    const stale = this.near.filter((key) => this.isLate(key, now));
    const moved = this.told?.size !== this.near.length || this.near.some((key) => !this.told?.has(key));
    if (!moved && stale.length === 0) return null;
    this.told = new Set(this.near);
    for (const key of stale) this.stale.set(key, now);
    return { near: [...this.near], stale };
  }

  private isLate(key: string, now: number): boolean {
    const since = this.stale.get(key);
    if (since === undefined) return false;
    return !this.told?.has(key) || now - since > PATIENCE_MS;
  }
}
