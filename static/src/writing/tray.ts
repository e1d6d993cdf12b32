// "Text we could not place": kept until the person lets it go.

import type { TrayEntry } from "./contract.ts";
import { Listeners } from "./listeners.ts";

const LANDED: ReadonlySet<TrayEntry["why"]> = new Set(["swallowed", "overrun"]);

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

  /** A batch that was refused once was placed after all, by another copy of the same message. */
  landed(client: string, mid: number | null): void {
    const stays = (entry: TrayEntry): boolean =>
      LANDED.has(entry.why) || entry.client !== client || entry.mid === null || entry.mid !== mid;
    if (!this.entries.every(stays)) this.become(this.entries.filter(stays));
  }

  private become(entries: readonly TrayEntry[]): void {
    this.entries = entries;
    this.changes.tell(entries);
  }
}

function numberOf({ id }: TrayEntry): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}
