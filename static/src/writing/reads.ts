// Options whose text was asked for and is not here: asked for again until it is.

import type { Read } from "../live/messages.ts";

export class Reads {
  private readonly say: (message: Read) => void;
  private readonly askedAt = new Map<string, number>();

  constructor(say: (message: Read) => void) {
    this.say = say;
  }

  ask(option: string, now: number): void {
    this.askedAt.set(option, now);
    this.say({ t: "read", option });
  }

  answered(option: string): void {
    this.askedAt.delete(option);
  }

  askAgain(now: number, patience = 0): void {
    for (const [option, at] of this.askedAt) if (now - at >= patience) this.ask(option, now);
  }
}
