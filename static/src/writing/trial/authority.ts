// A small authority after the protocol, in memory: what the server is to this client.

import type { Node } from "prosemirror-model";
import type { Step } from "prosemirror-transform";
import type { Ack, Commit, Happened, OptionText, Refused, TextChange, Told } from "../../live/messages.ts";
import { checksum } from "../checksum.ts";
import { asOwn, rebase, Torn, type Own } from "../rebase.ts";
import { docFrom, stepFrom, type Json } from "../schema.ts";

export interface Answered {
  readonly answer: readonly Told[];
  readonly happened: readonly Happened[];
}

/** What a trial asks of the server; the real one is behind the same. */
export interface Authority {
  hello(seq: number): Promise<readonly Told[]>;
  since(seq: number): Promise<readonly Told[]>;
  read(option: string): Promise<OptionText>;
  commit(client: string, commit: Commit): Promise<Answered>;
  lock(option: string, locked: boolean): Promise<readonly Happened[]>;
  restart(): Promise<void>;
  /** Every event from the first. */
  log(): Promise<readonly Told[]>;
  /** What is wrong with the stored texts, if the log is played again from the beginning. */
  replay(): Promise<readonly string[]>;
}

interface Kept {
  readonly docs: Node[]; // by version
  readonly steps: (readonly Step[])[]; // steps[v] leads from version v to v + 1
  locked: boolean;
}

export class MemoryAuthority implements Authority {
  readonly events: Happened[] = [];
  private readonly options = new Map<string, Kept>();
  private readonly answers = new Map<string, Ack>();

  constructor(contents: Readonly<Record<string, Json>>) {
    for (const [option, content] of Object.entries(contents)) {
      this.options.set(option, { docs: [docFrom(content)], steps: [], locked: false });
    }
  }

  hello(seq: number): Promise<readonly Told[]> {
    const you = {
      name: "",
      part: "chair",
      for: "",
      writes: "direct",
      acts: [],
      own: [],
      may_write_for: [],
    } as const;
    const welcome = { t: "welcome", seq: this.events.length, sid: "s", you, mid: -1 } as const;
    return Promise.resolve([welcome, ...this.events.slice(seq)]);
  }

  since(seq: number): Promise<readonly Told[]> {
    return Promise.resolve(this.events.slice(seq));
  }

  read(option: string): Promise<OptionText> {
    const { doc, version, kept } = this.now(option);
    const status = { status: "agreed", by: "", for: "", at: "", reason: "" };
    return Promise.resolve({
      t: "text",
      seq: this.events.length,
      option,
      provision: option.replace("o", "p"),
      kind: "text",
      version,
      content: doc.toJSON() as Json,
      closed: kept.locked ? status : null,
    });
  }

  commit(client: string, commit: Commit): Promise<Answered> {
    const earlier = this.answers.get(`${client} ${commit.mid}`);
    if (earlier) return Promise.resolve({ answer: [earlier], happened: [] });
    const { doc, version, kept } = this.now(commit.option);
    const refuse = (code: Refused["code"]): Promise<Answered> =>
      Promise.resolve({ answer: [{ t: "refused", mid: commit.mid, code, reason: code }], happened: [] });
    if (kept.locked) return refuse("locked");
    const base = kept.docs[commit.base ?? 0];
    if (!base || version - commit.base > 500) return refuse("too_old");
    try {
      const [done, made] = asOwn(base, commit.items.map(({ step }) => stepFrom(step)), "");
      const own = made.map((mine, i): Own => ({ ...mine, item: commit.items[i]?.key ?? "" }));
      const missed = kept.steps.slice(commit.base).flat();
      const landed = missed.length === 0 ? own : rebase(base, done, own, missed).own;
      const changed = landed.reduce((text, { step }) => applied(text, step), doc);
      changed.check();
      return Promise.resolve(this.write(client, commit, kept, changed, landed));
    } catch (error) {
      if (error instanceof Torn || error instanceof RangeError) return refuse("invalid");
      throw error;
    }
  }

  private write(client: string, commit: Commit, kept: Kept, doc: Node, landed: readonly Own[]): Answered {
    kept.docs.push(doc);
    kept.steps.push(landed.map(({ step }) => step));
    const version = kept.docs.length - 1;
    const keys = landed.map(({ item }) => item);
    const data: TextChange = {
      option: commit.option,
      provision: commit.option.replace("o", "p"),
      version,
      steps: landed.map(({ step }) => step.toJSON() as Json),
      keys,
      sum: checksum(doc),
    };
    const happened = this.happen("text", client, commit.mid, data);
    const dropped = commit.items.flatMap(({ key }) => (keys.includes(key) ? [] : [key]));
    const ack: Ack = { t: "ack", mid: commit.mid, seq: happened.seq, version, keys, dropped, made: [] };
    this.answers.set(`${client} ${commit.mid}`, ack);
    return { answer: [ack], happened: [happened] };
  }

  lock(option: string, locked: boolean): Promise<readonly Happened[]> {
    const { kept } = this.now(option);
    kept.locked = locked;
    const touched = { provisions: [option.replace("o", "p")], options: [], removed: [] };
    return Promise.resolve([this.happen("provision.status", null, null, touched)]);
  }

  restart(): Promise<void> {
    return Promise.resolve(); // it remembers nothing but what is on disk
  }

  log(): Promise<readonly Told[]> {
    return this.since(0);
  }

  replay(): Promise<readonly string[]> {
    const wrong = [...this.options].filter(([, { docs, steps }]) => {
      const again = steps.flat().reduce((doc, step) => applied(doc, stepFrom(step.toJSON())), docs[0]);
      return !again || !docs.at(-1)?.eq(again);
    });
    return Promise.resolve(wrong.map(([option]) => `The log of ${option} makes another text.`));
  }

  private happen(kind: string, client: string | null, mid: number | null, data: Happened["data"]): Happened {
    const seq = this.events.length + 1;
    const event: Happened = { t: "event", seq, kind, by: client ?? "", for: "", at: "", client, mid, data };
    this.events.push(event);
    return event;
  }

  private now(option: string): { doc: Node; version: number; kept: Kept } {
    const kept = this.options.get(option);
    const doc = kept?.docs.at(-1);
    if (!kept || !doc) throw new Error(`There is no ${option}.`);
    return { doc, version: kept.docs.length - 1, kept };
  }
}

function applied(doc: Node | undefined, step: Step): Node {
  if (!doc) throw new Torn("There is no text.");
  const { doc: changed, failed } = step.apply(doc);
  if (!changed) throw new Torn(failed ?? "");
  return changed;
}
