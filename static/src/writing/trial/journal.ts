// What every writer of a trial did, and what must hold of it at the end.
//
// - A token is one character that is typed once in a trial, so counting it tells its fate.

import type { Node } from "prosemirror-model";

const TOKEN = /[\u4e00-\u9fff]|[\ud840-\ud87f][\udc00-\udfff]/g;
const EACH = 4_000;

export function tokensOf(words: string): readonly string[] {
  return words.match(TOKEN) ?? [];
}

export function textOf(doc: Node): string {
  return doc.textBetween(0, doc.content.size, "\n");
}

export class Journal {
  readonly typed = new Set<string>();
  readonly acked = new Set<string>();
  readonly erased = new Set<string>(); // by somebody who saw it
  readonly forgotten = new Set<string>(); // by a page that ended before it was kept
  private readonly revived = new Map<string, number>();
  private readonly given: number[] = [];

  token(writer: number, wide: boolean): string {
    const count = (this.given[writer] ?? 0) + 1;
    this.given[writer] = count;
    if (count >= EACH) throw new Error("The trial has run out of tokens.");
    const token = String.fromCodePoint((wide ? 0x20000 : 0x4e00) + writer * EACH + count);
    this.typed.add(token);
    return token;
  }

  /** What one's own change took away and brought back. */
  changed(before: Node, after: Node): void {
    const [was, is] = [tokensOf(textOf(before)), tokensOf(textOf(after))];
    const [had, has] = [new Set(was), new Set(is)];
    for (const token of was) if (!has.has(token)) this.erased.add(token);
    for (const token of is) {
      if (!had.has(token) && this.seen.has(token)) {
        this.revived.set(token, (this.revived.get(token) ?? 0) + 1);
      }
      this.seen.add(token);
    }
  }

  private readonly seen = new Set<string>();

  /** The sentences that are not true of the texts and trays at the end. */
  faults(texts: readonly string[], trays: readonly string[]): string[] {
    const inTexts = counted(texts);
    const inTrays = counted(trays);
    const faults: string[] = [];
    for (const token of this.typed) {
      const [here, kept] = [inTexts.get(token) ?? 0, inTrays.get(token) ?? 0];
      const most = 1 + (this.revived.get(token) ?? 0);
      if (here > most) faults.push(`${token} is there ${here} times, of ${most}.`);
      if (here > 0 && kept > 0 && !this.revived.has(token)) faults.push(`${token} is in a text and in a tray.`);
      if (here + kept > 0 || this.erased.has(token)) continue;
      if (this.acked.has(token)) faults.push(`${token} was acknowledged and is gone.`);
      else if (!this.forgotten.has(token)) faults.push(`${token} was typed and is gone.`);
    }
    return faults;
  }
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const token of texts.flatMap(tokensOf)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return counts;
}
