// Structural acts on their way: like batches, sent again under the same `mid` until answered.

import type { Ack, Act, Deed, Refused } from "../live/messages.ts";
import type { Answer } from "./contract.ts";

interface Pending {
  readonly act: Act;
  readonly answer: (answer: Answer) => void;
  sentAt: number;
}

export class Acts {
  private readonly say: (act: Act) => void;
  private readonly waiting = new Map<number, Pending>();

  constructor(say: (act: Act) => void) {
    this.say = say;
  }

  get pending(): number {
    return this.waiting.size;
  }

  act(mid: number, what: Deed, forWhom: string, now: number): Promise<Answer> {
    const act: Act = { t: "act", mid, what, for: forWhom };
    return new Promise((answer) => {
      this.waiting.set(mid, { act, answer, sentAt: now });
      this.say(act);
    });
  }

  acked({ mid, seq, made }: Ack): boolean {
    return this.answer(mid, { kind: "done", seq, made });
  }

  refused({ mid, code, reason }: Refused): boolean {
    if (code === "busy") return this.waiting.has(mid); // it is sent again
    return this.answer(mid, { kind: "refused", code, reason });
  }

  sendAgain(now: number, patience = 0): void {
    for (const pending of this.waiting.values()) {
      if (now - pending.sentAt < patience) continue;
      pending.sentAt = now;
      this.say(pending.act);
    }
  }

  /** The draft is not for this person any more: nothing will be answered. */
  end(): void {
    for (const mid of [...this.waiting.keys()]) this.answer(mid, { kind: "offline" });
  }

  private answer(mid: number, answer: Answer): boolean {
    const pending = this.waiting.get(mid);
    this.waiting.delete(mid);
    pending?.answer(answer);
    return pending !== undefined;
  }
}
