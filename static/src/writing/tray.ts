// "Text we could not place": kept until the person lets it go.

import type { TrayEntry } from "./contract.ts";
import { Listeners } from "./listeners.ts";
import type { Lost } from "./option.ts";
import type { Json } from "./schema.ts";

type Where = "option" | "provision" | "place" | "away" | "at" | "client";
type About = Pick<TrayEntry, Where> & Partial<Pick<TrayEntry, "why" | "reason">>;

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

  /** Words that found no place, with what is known about where they were typed. */
  take(lost: readonly Lost[], about: About): void {
    for (const { whole, ...words } of lost) {
      const typed = whole ? (whole.toJSON() as Json) : null;
      this.put({ reason: "", ...words, ...about, whole: typed });
    }
  }

  letGo(id: string): void {
    this.become(this.entries.filter((entry) => entry.id !== id));
  }

  /** So did everything that was typed into the same wording. */
  became(id: string, what: string): void {
    const of = this.entries.find((entry) => entry.id === id);
    const isIt = (one: TrayEntry): boolean => one === of || (one.option === of?.option && one.at === of.at);
    this.become(this.entries.map((one) => (isIt(one) ? settled(one, what) : one)));
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

function settled(entry: TrayEntry, what: string): TrayEntry {
  return { ...entry, away: false, ...(what ? { became: what } : {}) };
}

function without(entry: TrayEntry, keys: readonly string[]): TrayEntry[] {
  const pieces = entry.pieces.filter(({ key }) => !keys.includes(key));
  if (pieces.length === 0) return [];
  return [{ ...entry, why: "swallowed", words: pieces.map(({ words }) => words).join(" … "), pieces: [] }];
}

function numberOf({ id }: TrayEntry): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}
