// Who only reads: hears what is shown and who is here, and needs nothing of the writing.

import { now } from "../clock.ts";
import type * as wire from "./messages.ts";
import type { Ear } from "./line.ts";
import type { Caret, Saying, Writing } from "../writing/contract.ts";
import { randomClient } from "./client.ts";
import { Order } from "../writing/order.ts";
import { saying } from "../writing/saying.ts";
import { Telling } from "../writing/telling.ts";

/** What reader and desk have in common. */
export type Watching = Pick<
  Writing,
  | "seq"
  | "you"
  | "sid"
  | "saying"
  | "view"
  | "presence"
  | "onSaying"
  | "onWelcome"
  | "onEvent"
  | "onShown"
  | "onOutlined"
  | "onPeople"
>;

const TICK_MS = 1_000;

export class Reader extends Telling implements Watching, Ear {
  you: wire.You | null = null;
  sid = "";
  private readonly client = randomClient();
  private readonly say: (message: wire.Said) => void;
  private readonly order: Order;
  private against: string | null;
  private line: "up" | "down" | "refused" = "down";

  constructor(say: (message: wire.Said) => void, seq: number, against: string | null) {
    super();
    this.say = say;
    this.against = against;
    this.order = new Order(seq, (event) => this.events.tell(event));
    setInterval(() => this.tick(), TICK_MS);
  }

  get seq(): number {
    return this.order.seq;
  }

  get saying(): Saying {
    const behind = this.order.isBehind(now());
    return saying({ line: this.line, behind, unconfirmed: 0, held: 0, isKept: true });
  }

  hello(): wire.Hello {
    return { t: "hello", client: this.client, seq: this.seq, against: this.against };
  }

  heard(message: wire.Told): void {
    switch (message.t) {
      case "welcome":
        [this.line, this.sid, this.you] = ["up", message.sid, message.you];
        this.order.know(message.seq, now());
        this.order.asked(now());
        this.welcomes.tell(message.you);
        break;
      case "event":
        this.order.take(message, now());
        break;
      case "head":
        this.order.know(message.seq, now());
        break;
      default:
        this.pass(message);
    }
    this.sayings.tell(this.saying);
  }

  down(refused: boolean): void {
    this.line = refused ? "refused" : "down";
    this.people.clear();
    this.sayings.tell(this.saying);
  }

  jump(seq: number): void {
    this.order.jump(seq, now());
  }

  view(against: string | null, near: string[], stale: string[]): void {
    this.against = against;
    this.say({ t: "view", against, near, stale });
  }

  presence(_caret: Caret | null): void {
    // A reader is nowhere in particular.
  }

  private tick(): void {
    if (this.line !== "up" || !this.order.isLate(now())) return;
    this.order.asked(now());
    this.say({ t: "since", seq: this.seq });
  }
}
