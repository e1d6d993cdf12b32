// Writes what must outlast the page, one write at a time.
//
// - Those who ask while one is being written share the next: so do a fast typist's letters. None
//   waits for company, for a page may be closed at any moment.
// - Where the machine keeps nothing, writing goes on: the line is more than this machine's disk.

import type { Kept, Store } from "./kept.ts";

export interface KeeperNeeds {
  readonly store: Store;
  /** What there is to keep, at this moment. */
  kept(): Kept;
  failed(): void;
}

export class Keeper {
  /** No `mid` from here on is known on this machine's disk to be given. */
  ceiling = 0;
  private readonly needs: KeeperNeeds;
  private written: Promise<void> = Promise.resolve();
  private isNextAsked = false;

  constructor(needs: KeeperNeeds) {
    this.needs = needs;
  }

  /** Resolves when everything as it is now is on this machine's disk. */
  now(): Promise<void> {
    if (this.isNextAsked) return this.written;
    this.isNextAsked = true;
    this.written = this.written.then(() => this.write());
    return this.written;
  }

  private async write(): Promise<void> {
    this.isNextAsked = false;
    const kept = this.needs.kept();
    try {
      await this.needs.store.save(kept);
    } catch {
      this.needs.failed();
    }
    this.ceiling = kept.mid;
  }
}
