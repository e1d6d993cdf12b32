// One desk alone at a table: the test is the server and the clock.

import type { Said, TextChange, Told } from "../../live/messages.ts";
import { checksum } from "../checksum.ts";
import { Desk, type OptionHandle } from "../desk.ts";
import { NOTHING, type Kept } from "../kept.ts";
import { applied } from "../rebase.ts";
import { docFrom, stepFrom, type Json } from "../schema.ts";
import { ReplaceStep } from "prosemirror-transform";
import { Slice, Fragment, type Node } from "prosemirror-model";
import { schema } from "../schema.ts";
import { Clock, quiet } from "./clock.ts";
import { paragraphs } from "./trial.ts";

export const ME = "me".padStart(22, "_");
export const OTHER = "other".padStart(22, "_");
type Commit = Extract<Said, { readonly t: "commit" }>;

export const inserted = (words: string, at: number): ReplaceStep =>
  new ReplaceStep(at, at, new Slice(Fragment.from(schema.text(words)), 0, 0));
export const deleted = (from: number, to: number): ReplaceStep => new ReplaceStep(from, to, Slice.empty);

export class Table {
  readonly said: Said[] = [];
  readonly clock = new Clock();
  readonly trouble: string[] = [];
  kept: Kept;
  isDiskFull = false;
  slept = 0; // milliseconds in which the page's time stood still
  desk: Desk;
  seq = 0;
  version = 0;
  doc: Node = docFrom(paragraphs("lamps"));

  constructor(kept: Kept = NOTHING, sameTab = true, at = 0) {
    this.kept = kept;
    this.clock.now += at;
    this.desk = this.sit(kept, sameTab);
  }

  private sit(kept: Kept, sameTab: boolean): Desk {
    return new Desk(
      {
        say: (said) => this.said.push(said),
        after: (ms, run) => this.clock.after(ms, run),
        now: () => this.clock.now,
        wall: () => this.clock.now + this.slept,
        store: {
          save: (next) => {
            if (!this.isDiskFull) this.kept = JSON.parse(JSON.stringify(next)) as Kept;
            return this.isDiskFull ? Promise.reject(new Error("The disk is full.")) : Promise.resolve();
          },
          forget: () => {
            this.kept = NOTHING;
            return Promise.resolve();
          },
        },
        trouble: (what) => this.trouble.push(what),
      },
      { client: ME, seq: this.seq, against: "base", kept, sameTab },
    );
  }

  /** The page is loaded again, with what is kept. */
  reload(sameTab = true): void {
    this.desk = this.sit(this.kept, sameTab);
  }

  welcome(mid = -1): void {
    const you = { name: "Chair", part: "chair", for: "", writes: "direct", acts: [], own: [], may_write_for: [] } as const;
    this.hear({ t: "welcome", seq: this.seq, sid: "s", you, mid });
  }

  hear(told: Told): void {
    this.desk.heard(told);
  }

  async open(): Promise<OptionHandle> {
    const opening = this.desk.open("o1");
    this.text();
    return opening;
  }

  /** The answer to `read`. */
  text(closed = false): void {
    const why = closed ? { status: "agreed", by: "Chair", for: "", at: "", reason: "" } : null;
    const content = this.doc.toJSON() as Json;
    const { seq, version } = this;
    this.hear({ t: "text", seq, option: "o1", provision: "p1", kind: "text", version, content, closed: why });
  }

  /** An event of kind "text", not yet told. */
  event(client: string, mid: number, steps: readonly ReplaceStep[], keys?: readonly string[]): Told {
    this.doc = applied(this.doc, steps);
    this.seq += 1;
    this.version += 1;
    const data: TextChange = {
      option: "o1",
      provision: "p1",
      version: this.version,
      steps: steps.map((step) => step.toJSON() as Json),
      keys: keys ?? steps.map((_step, i) => `${mid}-${i}`),
      sum: checksum(this.doc),
    };
    return { t: "event", seq: this.seq, kind: "text", by: client, for: "", at: "", client, mid, data };
  }

  /** Somebody else writes. */
  theirs(...steps: ReplaceStep[]): void {
    this.hear(this.event(OTHER, this.seq + 1, steps));
  }

  /** The server takes a batch as it came. */
  takes(commit: Commit): { readonly event: Told; readonly ack: Told } {
    const steps = commit.items.map(({ step }) => stepFrom(step) as ReplaceStep);
    const keys = commit.items.map(({ key }) => key);
    const event = this.event(ME, commit.mid, steps, keys);
    const { seq, version } = this;
    return { event, ack: { t: "ack", mid: commit.mid, seq, version, keys, dropped: [], made: [] } };
  }

  get commits(): readonly Commit[] {
    return this.said.filter((said) => said.t === "commit");
  }

  /** The batch sent last. */
  get sent(): Commit {
    const last = this.commits.at(-1);
    if (!last) throw new Error("Nothing was sent.");
    return last;
  }

  asked(t: Said["t"]): number {
    return this.said.filter((said) => said.t === t).length;
  }

  async rest(ms = 300): Promise<void> {
    await this.clock.goOn(ms);
    await quiet();
  }
}

export const words = (doc: Node): string => doc.textBetween(0, doc.content.size, "\n");
