// A bad network: what is carried comes late, in another order, twice, or not at all. Hello and the
// answer to it come, or the line is down: a socket has no third way.

import type { Happened, Said, Told } from "../../live/messages.ts";
import type { Desk } from "../desk.ts";
import type { Authority } from "./authority.ts";
import type { Chance } from "./chance.ts";
import type { Clock } from "./clock.ts";

export interface Weather {
  readonly loss: number;
  readonly doubling: number;
  readonly slowest: number; // milliseconds
  readonly mostBehind: number; // events; who lacks more must fetch the page
}

export class Net {
  weather: Weather;
  private readonly lines = new Set<Line>();
  readonly authority: Authority;
  readonly clock: Clock;
  readonly chance: Chance;

  constructor(authority: Authority, clock: Clock, chance: Chance, weather: Weather) {
    this.authority = authority;
    this.clock = clock;
    this.chance = chance;
    this.weather = weather;
  }

  connect(desk: Desk, watch: (told: Told) => void, torn: (head: number) => void): Line {
    const line = new Line(this, desk, watch, torn);
    this.lines.add(line);
    return line;
  }

  ended(line: Line): void {
    this.lines.delete(line);
  }

  carry(run: () => void | Promise<void>): void {
    if (this.chance.happens(this.weather.loss)) return;
    const times = this.chance.happens(this.weather.doubling) ? 2 : 1;
    for (let i = 0; i < times; i++) this.clock.after(this.delay(), run);
  }

  delay(): number {
    const slow = this.chance.happens(0.05) ? 8 : 1;
    return 5 + this.chance.below(this.weather.slowest) * slow;
  }

  publish(happened: readonly Happened[]): void {
    for (const event of happened) for (const line of this.lines) line.bring(event);
  }

  async restart(): Promise<void> {
    for (const line of [...this.lines]) line.end();
    await this.authority.restart();
  }
}

/** One connection of one desk. */
export class Line {
  open = true;
  private readonly net: Net;
  private readonly desk: Desk;
  private readonly watch: (told: Told) => void;
  private readonly torn: (head: number) => void;

  constructor(net: Net, desk: Desk, watch: (told: Told) => void, torn: (head: number) => void) {
    this.net = net;
    this.desk = desk;
    this.watch = watch;
    this.torn = torn;
    net.clock.after(net.delay(), () => this.greet());
  }

  private async greet(): Promise<void> {
    if (!this.open) return;
    const [welcome, ...missed] = await this.net.authority.hello(this.desk.hello().seq);
    if (!this.open || welcome?.t !== "welcome") return;
    if (missed.length > this.net.weather.mostBehind) {
      this.hear({ t: "resync", reason: "behind" });
      this.end();
      this.torn(welcome.seq);
      return;
    }
    this.hear(welcome);
    for (const told of missed) this.bring(told);
  }

  /** From the server; reaches the desk if the line still stands then. */
  bring(told: Told): void {
    this.net.carry(() => {
      if (this.open) this.hear(told);
    });
  }

  private hear(told: Told): void {
    this.watch(told);
    this.desk.heard(told);
  }

  /** To the server; may reach it although the line has gone meanwhile. */
  say(said: Said): void {
    if (!this.open) return;
    this.net.carry(() => this.reach(said));
  }

  private async reach(said: Said): Promise<void> {
    const { authority } = this.net;
    switch (said.t) {
      case "commit": {
        const { answer, happened } = await authority.commit(this.desk.client, said);
        this.net.publish(happened);
        for (const told of answer) this.bring(told);
        break;
      }
      case "read":
        this.bring(await authority.read(said.option));
        break;
      case "since":
        for (const told of await authority.since(said.seq)) this.bring(told);
    }
  }

  end(): void {
    this.open = false;
    this.net.ended(this);
    this.desk.down();
  }
}
