// Who acts without writing: hears what a reader hears, and sends acts under its own name.

import { Acts } from "../writing/acts.ts";
import type { Answer } from "../writing/contract.ts";
import type * as wire from "./messages.ts";
import { Reader } from "./reader.ts";

const PATIENCE_MS = 4_000; // after which an act without an answer is sent again

export class Acting extends Reader {
  private readonly acts: Acts;
  private last = 0;

  constructor(say: (message: wire.Said) => void, seq: number) {
    super(say, seq, "base");
    this.acts = new Acts(say);
    setInterval(() => this.acts.sendAgain(Date.now(), PATIENCE_MS), 1_000);
  }

  /** Nothing needs to be shown: the table fetches what it shows. */
  override hello(): wire.Hello {
    return { ...super.hello(), against: null };
  }

  override heard(message: wire.Told): void {
    if (message.t === "ack") this.acts.acked(message);
    else if (message.t === "refused") this.acts.refused(message);
    else super.heard(message);
    if (message.t === "welcome") this.acts.sendAgain(Date.now());
  }

  override down(refused: boolean): void {
    if (refused) this.acts.end();
    super.down(refused);
  }

  /** Done once under its number, however often it is sent. */
  act(what: wire.Deed, forWhom: string): Promise<Answer> {
    this.last += 1;
    return this.acts.act(this.last, what, forWhom, Date.now());
  }
}
