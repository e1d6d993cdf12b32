// Sends what one writes, batch by batch, and again while there is no answer.
//
// - One batch in flight an option, on this machine's disk before it is sent.
// - After a rest from typing; at once after a confirmation. After the line was lost what was in flight
//   is sent again at once, and what was not yet sent when the text has caught up.

import type { Commit } from "../live/messages.ts";
import { asSent } from "./batch.ts";
import type { Keeper } from "./keeper.ts";
import * as texts from "./option.ts";
import type { Sheet } from "./sheet.ts";

const REST_MS = 250;
export const PATIENCE_MS = 4_000;
const LONGEST_PATIENCE_MS = 16_000;

export interface OutboxNeeds {
  readonly keeper: Keeper;
  say(message: Commit): void;
  /** The line is up, and everything that was missed is here: a batch is then made on the newest text. */
  isReady(): boolean;
  after(ms: number, run: () => void): () => void;
  now(): number;
  nextMid(): number;
}

export class Outbox {
  private readonly needs: OutboxNeeds;
  private readonly rests = new Map<string, () => void>(); // option: calls off its flush

  constructor(needs: OutboxNeeds) {
    this.needs = needs;
  }

  /** Sends what is unsent once the person rests. */
  flushSoon(sheet: Sheet): void {
    if (this.rests.has(sheet.option)) return;
    this.rests.set(
      sheet.option,
      this.needs.after(REST_MS, () => this.flush(sheet)),
    );
  }

  flush(sheet: Sheet): void {
    this.rests.get(sheet.option)?.();
    this.rests.delete(sheet.option);
    if (!this.needs.isReady() || !sheet.text || sheet.torn) return;
    const next = texts.send(sheet.text, this.needs.nextMid);
    if (next === "too large") sheet.takeBack("too_large");
    if (!next || next === "too large") return;
    sheet.text = next;
    sheet.tries = 0;
    void this.needs.keeper.now().then(() => {
      sheet.safe = next.flight?.mid ?? 0;
      this.commit(sheet);
    });
  }

  /** Sends the batch in flight, for the first time or again. */
  commit(sheet: Sheet): void {
    const { flight, held } = sheet.text ?? {};
    if (!flight || held || flight.mid !== sheet.safe) return;
    sheet.sentAt = this.needs.now();
    sheet.tries += 1;
    const { mid, forWhom } = flight;
    const sent = asSent(flight, sheet.version);
    this.needs.say({ t: "commit", mid, option: sheet.option, ...sent, for: forWhom });
  }

  /** Sends the batch in flight again, if it has had no answer for too long. */
  commitIfLate(sheet: Sheet): void {
    const patience = Math.min(PATIENCE_MS * 2 ** (sheet.tries - 1), LONGEST_PATIENCE_MS);
    if (sheet.text?.flight && this.needs.now() - sheet.sentAt >= patience) this.commit(sheet);
  }
}
