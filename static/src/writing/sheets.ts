// The sheets of a desk: one for each option that is open or has own work.

import type { Touched } from "../live/messages.ts";
import { pack, unpack, type KeptOption } from "./kept.ts";
import * as texts from "./option.ts";
import { Sheet, type Host } from "./sheet.ts";

export class Sheets {
  private readonly host: Host;
  private readonly byOption = new Map<string, Sheet>();

  constructor(host: Host) {
    this.host = host;
  }

  /** As they are now: those that are forgotten meanwhile are still gone through. */
  get all(): readonly Sheet[] {
    return [...this.byOption.values()];
  }

  get(option: string): Sheet | undefined {
    return this.byOption.get(option);
  }

  /** The sheet of an option, made where there is none. */
  of(option: string): Sheet {
    const sheet = this.byOption.get(option) ?? new Sheet(option, this.host);
    this.byOption.set(option, sheet);
    return sheet;
  }

  /** What nobody looks at and nothing hangs on is forgotten. */
  forget(sheet: Sheet): void {
    if (sheet.opened === 0 && sheet.standing === "settled") this.byOption.delete(sheet.option);
  }

  get changes(): number {
    return changesIn(this.all);
  }

  get heldChanges(): number {
    return changesIn(this.all.filter(({ text }) => text?.held));
  }

  get held(): readonly string[] {
    return this.all.flatMap((sheet) => (sheet.standing === "held" ? [sheet.option] : []));
  }

  /** An act has changed more than steps tell. */
  touched({ provisions, options, removed }: Touched): void {
    for (const sheet of this.all) {
      if (removed.includes(sheet.option) || removed.includes(sheet.provision)) sheet.remove();
      else if (options.includes(sheet.option) || provisions.includes(sheet.provision)) {
        this.host.read(sheet.option);
      }
    }
  }

  // --- Keeping ---------------------------------------------------------------------------------------

  pack(): KeptOption[] {
    return this.all.flatMap((sheet) => {
      const { option, provision, place, torn, seq, text } = sheet;
      if (!text || !texts.hasWork(text)) return [];
      return [{ option, provision, place, torn, seq, ...pack(text) }];
    });
  }

  /** False where it is not what `pack` makes in this release. `isHeld`: the person is asked first. */
  unpack(kept: KeptOption, isHeld: boolean): boolean {
    const text = unpack(kept);
    if (!text) return false;
    const sheet = this.of(kept.option);
    sheet.provision = kept.provision;
    sheet.place = kept.place ?? null;
    sheet.text = { ...text, held: kept.held || isHeld };
    sheet.safe = kept.flight?.mid ?? 0;
    sheet.torn = kept.torn;
    sheet.doubtful = kept.torn;
    sheet.wasAway = true;
    if (kept.torn) this.host.read(kept.option);
    return true;
  }
}

function changesIn(sheets: readonly Sheet[]): number {
  const counts = sheets.map(({ text }) => (text ? Math.max(text.own.length, text.flight ? 1 : 0) : 0));
  return counts.reduce((sum, count) => sum + count, 0);
}
