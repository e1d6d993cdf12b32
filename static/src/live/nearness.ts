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
const MISSED_MS = 1_500; // after which what came or went is taken to have been told while one was away

export class Nearness {
  private near: readonly string[] = [];
  private told: ReadonlySet<string> | null = null;
  private readonly gone = new Set<string>();
  private readonly stale = new Map<string, number>(); // since when, or when it was asked for last

  happened(event: Pick<Happened, "data">, now: number): void {
    const { data } = event;
    const keys = "provision" in data ? [data.provision] : [...data.provisions, ...goneOf(data)];
    for (const key of keys) if (!this.stale.has(key)) this.stale.set(key, now);
    for (const key of goneOf(data)) this.gone.add(key);
  }

  shown(frame: Pick<Shown, "provision">): void {
    this.stale.delete(frame.provision);
    this.gone.delete(frame.provision);
  }

  /** What is near the screen now, in the order of the page. */
  look(keys: readonly string[]): void {
    this.near = keys.slice(0, NEAR_MAX);
  }

  /** The page was fetched anew: all of it is as it is now. */
  fetched(): void {
    this.stale.clear();
    this.gone.clear();
  }

  /** The server has forgotten what it was told. */
  forgotten(): void {
    this.told = null;
  }

  /** What to say now, null where the server knows it already. `isHere`: whether it is on the page. */
  due(now: number, isHere: (key: string) => boolean): Look | null {
    const missed = this.missed(now, isHere).slice(0, NEAR_MAX);
    const near = [...new Set([...missed, ...this.near])].slice(0, NEAR_MAX);
    const stale = near.filter((key) => missed.includes(key) || this.isLate(key, now));
    const moved = this.told?.size !== near.length || near.some((key) => !this.told?.has(key));
    if (!moved && stale.length === 0) return null;
    this.told = new Set(near);
    for (const key of stale) this.stale.set(key, now);
    return { near, stale };
  }

  /** What came or went while one was away: those who are there are shown it at once. */
  private missed(now: number, isHere: (key: string) => boolean): string[] {
    return [...this.stale].flatMap(([key, since]) => {
      return this.gone.has(key) === isHere(key) && now - since > MISSED_MS ? [key] : [];
    });
  }

  private isLate(key: string, now: number): boolean {
    const since = this.stale.get(key);
    if (since === undefined) return false;
    return !this.told?.has(key) || now - since > PATIENCE_MS;
  }
}

function goneOf(data: Happened["data"]): string[] {
  return "removed" in data ? data.removed.filter((key) => key.startsWith("p")) : [];
}
