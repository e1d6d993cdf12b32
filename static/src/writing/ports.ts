// What a desk has from its page: the line, the clocks, the disk, and where it begins.

import type * as wire from "../live/messages.ts";
import type { Place } from "./contract.ts";
import type { Kept, Store } from "./kept.ts";

/** Runs something later; returns the function that calls it off. */
export type After = (ms: number, run: () => void) => () => void;

export interface Ports {
  /** Only called while the line is up; may be lost. */
  say(message: wire.Said): void;
  after: After;
  now(): number;
  /** What the machine's clock shows. */
  wall?(): number;
  readonly store: Store;
  /** Where an option stands on the page. */
  placeOf?(option: string): Place | null;
  /** Something that should not be: a checksum that differs, a store that fails. No words of texts. */
  trouble(what: string, option: string): void;
}

export interface Start {
  readonly client: string;
  readonly seq: number; // what the page shows
  readonly against: string;
  readonly kept: Kept;
  /** The page was only reloaded: unsent work goes on as if nothing had been. */
  readonly sameTab: boolean;
}
