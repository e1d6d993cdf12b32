// "Text we could not place": kept until the person lets it go.

import type { TrayEntry } from "./contract.ts";
import { Listeners } from "./listeners.ts";

export class Tray {
  readonly changes = new Listeners<readonly TrayEntry[]>();
  entries: readonly TrayEntry[];

  constructor(entries: readonly TrayEntry[]) {
    this.entries = entries;
  }

  put(entry: Omit<TrayEntry, "id">): void {
    const id = `${entry.client}-${1 + Math.max(0, ...this.entries.map(numberOf))}`;
    this.become([...this.entries, { ...entry, id }]);
  }

  letGo(id: string): void {
    this.become(this.entries.filter((entry) => entry.id !== id));
  }

  /** A batch that was refused once, or put aside, was placed after all by another copy of the same
   * message: only what was not placed stays. */
  landed(client: string, mid: number, keys: readonly string[]): void {
    const isIt = (entry: TrayEntry): boolean =>
      entry.client === client && entry.mid === mid && entry.pieces.length > 0;
    if (this.entries.some(isIt)) {
      this.become(this.entries.flatMap((entry) => (isIt(entry) ? without(entry, keys) : [entry])));
    }
  }

  private become(entries: readonly TrayEntry[]): void {
    this.entries = entries;
    this.changes.tell(entries);
  }
}

function without(entry: TrayEntry, keys: readonly string[]): TrayEntry[] {
  const pieces = entry.pieces.filter(({ key }) => !keys.includes(key));
  if (pieces.length === 0) return [];
  return [{ ...entry, why: "swallowed", words: pieces.map(({ words }) => words).join(" … "), pieces: [] }];
}

function numberOf({ id }: TrayEntry): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}
