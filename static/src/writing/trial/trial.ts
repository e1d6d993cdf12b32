// A trial: some writers, one draft, a bad network, a seed. At the end everything must be true.

import { checksum } from "../checksum.ts";
import { docFrom, type Json } from "../schema.ts";
import type { Authority } from "./authority.ts";
import { Chance } from "./chance.ts";
import { Clock } from "./clock.ts";
import { Journal, textOf } from "./journal.ts";
import { Net, type Weather } from "./net.ts";
import { Writer } from "./writer.ts";

export interface Plan {
  readonly seed: number;
  readonly clients: number;
  readonly rounds: number;
  readonly options: readonly string[];
}

export interface Told {
  readonly faults: readonly string[];
  readonly typed: number;
  readonly acked: number;
  readonly inTrays: number;
  readonly events: number;
  readonly resent: number;
}

const FINE: Weather = { loss: 0, doubling: 0, slowest: 20, mostBehind: 1_000 };

/** In every fourth trial whoever lacks a few events must fetch the page. */
export function badWeather(seed: number): Weather {
  return { loss: 0.08, doubling: 0.05, slowest: 300, mostBehind: seed % 4 === 0 ? 30 : 1_000 };
}
const ROUND_MS = 120;

export function paragraphs(...words: readonly string[]): Json {
  const content = words.map((text) => ({
    type: "paragraph",
    attrs: { label: null, level: 1 },
    content: [{ type: "text", text }],
  }));
  return { type: "doc", content };
}

export async function run(plan: Plan, authority: Authority): Promise<Told> {
  const trial = new Trial(plan, authority);
  for (let round = 0; round < plan.rounds; round++) await trial.round();
  await trial.end();
  return trial.judge();
}

class Trial {
  private readonly clock = new Clock();
  private readonly journal = new Journal();
  private readonly chance: Chance;
  private readonly net: Net;
  private readonly writers: readonly Writer[];
  private readonly locked = new Set<string>();
  private readonly plan: Plan;

  constructor(plan: Plan, authority: Authority) {
    this.plan = plan;
    this.chance = new Chance(plan.seed);
    this.net = new Net(authority, this.clock, this.chance, badWeather(plan.seed));
    const { journal, net } = this;
    this.writers = Array.from({ length: plan.clients }, (_, i) => {
      const client = `${plan.seed}-${i}`.padStart(22, "_");
      return new Writer(i, client, net, journal, plan.options);
    });
    for (const writer of this.writers) writer.connect();
  }

  async round(): Promise<void> {
    for (const writer of this.writers) this.fate(writer);
    await this.fateOfAll();
    await this.clock.goOn(ROUND_MS);
  }

  private fate(writer: Writer): void {
    const { chance } = this;
    if (chance.happens(0.5)) writer.act();
    if (chance.happens(0.01)) writer.disconnect();
    if (chance.happens(0.004)) writer.reload(chance.happens(0.7));
    if (chance.happens(0.08)) writer.connect();
  }

  private async fateOfAll(): Promise<void> {
    if (this.chance.happens(0.004)) await this.net.restart();
    for (const option of this.plan.options) {
      const share = this.locked.has(option) ? 0.1 : 0.004;
      if (this.chance.happens(share)) await this.lock(option, !this.locked.has(option));
    }
  }

  private async lock(option: string, locked: boolean): Promise<void> {
    if (locked) this.locked.add(option);
    else this.locked.delete(option);
    this.net.publish(await this.net.authority.lock(option, locked));
  }

  /** The storm is over: everybody comes back, some after a long time, and says what is to be done. */
  async end(): Promise<void> {
    for (const option of [...this.locked]) await this.lock(option, false);
    this.net.weather = FINE;
    if (this.chance.happens(0.3)) await this.clock.goOn(700_000);
    for (let i = 0; i < 40; i++) {
      for (const writer of this.writers) {
        writer.connect();
        for (const { handle } of writer.mounted.values()) {
          if (handle.standing !== "held") continue;
          if (this.chance.happens(0.5)) handle.send();
          else handle.putAside();
        }
      }
      await this.clock.goOn(1_000);
      if (i > 3 && this.writers.every(({ desk }) => desk.saying.kind === "saved")) break;
    }
  }

  async judge(): Promise<Told> {
    const faults: string[] = [];
    const texts: string[] = [];
    const events = await this.net.authority.log();
    faults.push(...(await this.net.authority.replay()));
    events.forEach((event, i) => {
      if (event.t !== "event" || event.seq !== i + 1) faults.push(`Event ${i + 1} is missing.`);
    });
    for (const option of this.plan.options) texts.push(await this.compare(option, faults));
    for (const { number, desk, trouble } of this.writers) {
      if (desk.saying.kind !== "saved") faults.push(`Writer ${number} is ${desk.saying.kind}.`);
      const told = trouble.filter((what) => !what.startsWith("unseen"));
      faults.push(...told.map((what) => `Writer ${number} had trouble: ${what}.`));
    }
    const trays = this.writers.flatMap(({ desk }) => desk.tray.map(({ words }) => words));
    const fates = this.journal.faults(texts, trays);
    // What a batch took that landed among events which its writer never got, nobody can tell.
    const unseen = this.writers.some(({ trouble }) => trouble.some((what) => what.startsWith("unseen")));
    faults.push(...fates.filter((fault) => !(unseen && fault.endsWith("is gone."))));
    const { typed, acked } = this.journal;
    const inTrays = trays.join("").length;
    const resent = this.writers.reduce((sum, writer) => sum + writer.resent, 0);
    return { faults, typed: typed.size, acked: acked.size, inTrays, events: events.length, resent };
  }

  /** The words of an option, once everybody has the same. */
  private async compare(option: string, faults: string[]): Promise<string> {
    const { content, version } = await this.net.authority.read(option);
    const doc = docFrom(content);
    for (const { number, mounted } of this.writers) {
      const mine = mounted.get(option);
      if (!mine) faults.push(`Writer ${number} never had ${option}.`);
      else if (mine.handle.version !== version) faults.push(`Writer ${number} has ${option} at ${mine.handle.version}, not ${version}.`);
      else if (checksum(mine.state.doc) !== checksum(doc)) faults.push(`Writer ${number} has another ${option}.`);
    }
    return textOf(doc);
  }
}
