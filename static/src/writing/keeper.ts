// Writes what must outlast the page, one write at a time.
//
// - Those who ask while one is being written share the next: so do a fast typist's letters. None
//   waits for company, for a page may be closed at any moment.
// - Where the machine keeps nothing, writing goes on: the line is more than this machine's disk. What it
//   kept before is then out of date. It stays while work hangs on it, and is forgotten after: sent once
//   more, it would stand in the text twice.

import type { Kept, Store } from "./kept.ts";

export interface KeeperNeeds {
  readonly store: Store;
  /** What there is to keep, at this moment. */
  kept(): Kept;
  failed(): void;
  /** Whether everything is on the disk has changed. */
  turned(): void;
}

export class Keeper {
  /** No `mid` from here on is known on this machine's disk to be given. */
  ceiling = 0;
  /** Everything, as it is now, is on this machine's disk. */
  isKept = true;
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
    this.isKept = false;
    this.written = this.written.then(() => this.write());
    return this.written;
  }

  private async write(): Promise<void> {
    this.isNextAsked = false;
    const kept = this.needs.kept();
    const isWritten = await this.save(kept);
    this.ceiling = kept.mid;
    this.isKept = isWritten && !this.isNextAsked;
    this.needs.turned();
  }

  /** The page may be gone in a moment: what is asked of the disk now does not wait for its turn. */
  last(): void {
    if (!this.isKept) void this.save(this.needs.kept());
  }

  private async save(kept: Kept): Promise<boolean> {
    try {
      await this.needs.store.save(kept);
      return true;
    } catch {
      this.needs.failed();
      if (kept.options.length + kept.tray.length === 0) await this.needs.store.forget().catch(() => undefined);
      return false;
    }
  }
}
