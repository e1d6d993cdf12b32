// One option on the desk: lets its pure state meet what comes, in order, and tells the editor.
//
// - Batches wait in `queue` while an input method composes or the text is being fetched.
// - A fetched text is let in only when every event up to it has been here, so that it is known
//   whether the batch in flight is in it.
// - What was missed is let in at once, so that much own work is rebased once.
// - What does not fit (a version left out, a step that fails, another checksum) is fetched afresh.

import type { Node } from "prosemirror-model";
import type { Step } from "prosemirror-transform";
import type { Ack, Closed, OptionText as Fetched, Person, Refused } from "../live/messages.ts";
import type { Arrived } from "./arrived.ts";
import { checksum } from "./checksum.ts";
import type { OptionHandle, Place, Remote, Standing, TrayEntry } from "./contract.ts";
import { Listeners } from "./listeners.ts";
import * as texts from "./option.ts";
import type { Lost, Outcome, OptionText } from "./option.ts";
import { fromShared, Trail } from "./places.ts";
import { applied, Torn } from "./rebase.ts";
import { docFrom, stepFrom } from "./schema.ts";

interface Run {
  readonly text: OptionText;
  readonly batches: readonly Arrived[];
  readonly last: Arrived;
  readonly isOwn: boolean;
}

/** What a sheet asks of its desk. */
export interface Host {
  readonly client: string;
  readonly seq: number;
  /** Events that were missed are on their way: own work is set on all of them at once. */
  readonly isCatchingUp: boolean;
  /** Own work has changed: it is kept, and sent when it may be. `soon`: at once, not after a rest. */
  worked(sheet: Sheet, soon: boolean): void;
  lost(sheet: Sheet, lost: readonly Lost[], refusal?: Pick<TrayEntry, "why" | "reason">): void;
  read(option: string): void;
  placeOf(option: string): Place | null;
  trouble(what: string, sheet: Sheet): void;
  closed(sheet: Sheet): void;
}

export class Sheet implements OptionHandle {
  readonly option: string;
  provision = "";
  place: Place | null = null; // where it stood when own work in it began
  wasAway = false; // some of the own work is from when the line was down
  closed: Closed | null = null;
  gone = false;
  wordless = false;
  torn = false;
  doubtful = false; // events were missed for good: only a receipt tells whether the batch landed
  opened = 0;
  safe = 0; // the mid of the batch in flight that is on this machine's disk
  sentAt = 0;
  tries = 0;
  text: OptionText | null = null;
  private readonly host: Host;
  private paused = false;
  private queue: Arrived[] = [];
  private fetched: Fetched | null = null;
  private receipt: Ack | null = null;
  private readonly trail = new Trail();
  private readonly givenBack = new Set<number>(); // batches that were refused
  private readonly remotes = new Listeners<Remote>();
  private readonly changes = new Listeners<OptionHandle>();
  private waiting: (() => void)[] = [];

  private since: number; // every event after this one has been here, or is yet to come

  constructor(option: string, host: Host) {
    this.option = option;
    this.host = host;
    this.since = host.seq;
  }

  // --- What the editor uses ------------------------------------------------------------------

  get doc(): Node {
    return this.known.doc;
  }

  get version(): number {
    return this.text?.version ?? 0;
  }

  get standing(): Standing {
    if (!this.text || !texts.hasWork(this.text)) return "settled";
    if (this.text.held) return "held";
    return this.text.flight ? "in flight" : "unsent";
  }

  change(steps: readonly Step[], forWhom: string): void {
    if (!texts.hasWork(this.known)) this.place = this.host.placeOf(this.option);
    this.text = texts.change(this.known, steps, forWhom);
    this.host.worked(this, false);
    this.tell();
  }

  pause(paused: boolean): void {
    this.paused = paused;
    this.settle();
  }

  /** Own work waits for the person's word. */
  hold(): void {
    if (!this.text || !texts.hasWork(this.text)) return;
    this.text = { ...this.text, held: true };
    this.tell();
  }

  send(): void {
    if (!this.text?.held) return;
    this.text = { ...this.text, held: false };
    this.host.worked(this, true);
    this.tell();
  }

  putAside(): void {
    if (this.text?.held) this.giveBack(texts.putAside(this.text), "put_aside");
  }

  caretOf(person: Person): { anchor: number; head: number } | null {
    if (!this.text || person.option !== this.option) return null;
    const maps = this.trail.since(person.version);
    const at = (place: number): number => fromShared(this.known, maps, place);
    return { anchor: at(person.anchor), head: at(person.head) };
  }

  onRemote(take: (remote: Remote) => void): () => void {
    return this.remotes.add(take);
  }

  onChange(take: (handle: OptionHandle) => void): () => void {
    return this.changes.add(take);
  }

  close(): void {
    this.opened = Math.max(0, this.opened - 1);
    this.paused = false;
    this.settle();
    this.host.closed(this);
  }

  /** Resolves once the text is here, or the option is known to be gone. */
  ready(): Promise<void> {
    return this.once(() => this.text !== null || this.gone);
  }

  /** Resolves once nothing own is unconfirmed. */
  settled(): Promise<void> {
    return this.once(() => this.standing === "settled" || this.standing === "held");
  }

  // --- What the desk brings ------------------------------------------------------------------

  /** The seq after whose event the text is as it stands here. */
  get seq(): number {
    return (this.queue[0]?.seq ?? this.host.seq + 1) - 1;
  }

  take(batch: Arrived): void {
    this.queue.push(batch);
    this.settle();
  }

  acked(ack: Ack): boolean {
    if (this.text?.flight?.mid !== ack.mid) return false;
    this.receipt = ack;
    this.settle();
    return true;
  }

  refused({ mid, code, reason }: Refused): boolean {
    if (this.text?.flight?.mid !== mid) return false;
    if (code !== "busy") {
      this.takeBack(code, reason);
      this.host.read(this.option);
    }
    return true;
  }

  /** The answer to `read`. One from before what was missed is of no use. */
  answered(fetched: Fetched): void {
    if (fetched.seq >= this.since) this.fetched = fetched;
    else this.host.read(this.option);
    this.settle();
  }

  remove(): void {
    this.gone = true;
    this.takeBack("gone");
    this.tell();
  }

  /** The text is not to be trusted any more. */
  tear(what: string): void {
    this.host.trouble(what, this);
    this.fetchAfresh();
  }

  /** Events up to `seq` were missed for good. */
  jump(seq: number): void {
    this.doubtful = this.text?.flight != null;
    this.queue = this.queue.filter((batch) => batch.seq > seq);
    this.fetchAfresh();
  }

  private fetchAfresh(): void {
    this.torn = true;
    this.since = this.host.seq;
    this.fetched = null;
    this.host.read(this.option);
  }

  // --- In order --------------------------------------------------------------------------------

  /** Lets in what may be let in now. */
  settle(): void {
    if (this.paused || (this.host.isCatchingUp && this.standing !== "settled")) return;
    this.begin();
    this.letIn();
    this.refresh();
    this.letIn();
    this.resolve();
  }

  private begin(): void {
    const { fetched } = this;
    if (this.text || !fetched) return;
    this.fetched = null;
    if (!this.about(fetched) || fetched.content === null) return;
    this.text = texts.fresh(docFrom(fetched.content), fetched.version);
    this.torn = false;
    this.tell();
  }

  private letIn(): void {
    for (let run = this.nextRun(); run; run = this.nextRun()) this.apply(run);
  }

  /** The batches that can be let in at once: those of others up to the own one, or that alone. */
  private nextRun(): Run | null {
    const { text } = this;
    if (!text || this.torn) return null;
    this.queue = this.queue.filter(({ version }) => version > text.version);
    const own = this.queue.findIndex((batch) => this.isInFlight(batch));
    const count = own === 0 ? 1 : own === -1 ? this.queue.length : own;
    const batches = this.queue.splice(0, count);
    const last = batches.at(-1);
    return last ? { text, batches, last, isOwn: own === 0 } : null;
  }

  private apply({ text, batches, last, isOwn }: Run): void {
    try {
      const steps = batches.map((batch) => batch.steps.map(stepFrom));
      if (!batches.every(({ version }, i) => version === text.version + 1 + i)) throw new Torn("A version is missing.");
      const made = { version: last.version, keys: last.keys, steps: steps.flat() };
      const late = this.takenByLate(text.confirmed, batches, steps);
      const outcome = isOwn ? texts.confirm(text, made) : texts.receive(text, made);
      batches.forEach(({ version }, i) => this.trail.add(version, steps[i] ?? []));
      this.put({ ...outcome, lost: [...outcome.lost, ...late] }, last, isOwn);
      if (checksum(outcome.text.confirmed) !== last.sum) this.tear("checksum");
    } catch (error) {
      if (!(error instanceof Torn || error instanceof RangeError)) throw error;
      this.queue.unshift(...batches);
      this.tear("steps");
    }
  }

  /** What own batches took that were given back, and have landed after all. */
  private takenByLate(confirmed: Node, batches: readonly Arrived[], steps: readonly Step[][]): Lost[] {
    if (this.givenBack.size === 0) return [];
    let doc = confirmed;
    return batches.flatMap(({ client, mid }, i) => {
      const before = doc;
      doc = applied(doc, steps[i] ?? []);
      const isLate = client === this.host.client && mid !== null && this.givenBack.has(mid);
      return isLate ? texts.takenBy(before, steps[i] ?? [], mid) : [];
    });
  }

  private isInFlight({ client, mid }: Arrived): boolean {
    return client === this.host.client && mid !== null && mid === this.text?.flight?.mid;
  }

  /** Lets a fetched text in, where it is known how it stands to the own work. */
  private refresh(): void {
    const { text, fetched } = this;
    if (!text || !fetched || this.host.seq < fetched.seq) return;
    const landed = this.landedIn(fetched.version);
    if (landed === "unknown") return;
    this.fetched = null;
    if (!this.about(fetched) || fetched.content === null) return;
    if (!this.torn && text.version >= fetched.version) return;
    this.torn = false;
    if (landed && this.doubtful) this.host.trouble("unseen", this); // what it took is not known
    this.queue = this.queue.filter(({ version }) => version > fetched.version);
    this.trail.clear();
    this.put(texts.renew(text, docFrom(fetched.content), fetched.version, landed), null, landed !== null);
  }

  /** The keys of the batch in flight that are in the text at this version; null: it is not in. */
  private landedIn(version: number): readonly string[] | null | "unknown" {
    if (!this.text?.flight) return null;
    const own = this.queue.find((batch) => this.isInFlight(batch));
    if (own) return own.version <= version ? own.keys : null;
    if (this.receipt) return this.receipt.version <= version ? this.receipt.keys : null;
    return this.doubtful ? "unknown" : null;
  }

  /** A batch of which nothing was placed has no event: its receipt confirms it, in its turn. */
  private resolve(): void {
    const { text, receipt } = this;
    if (!text || !receipt || this.torn || this.queue.length > 0) return;
    if (text.flight?.mid !== receipt.mid || this.host.seq < receipt.seq) return;
    if (receipt.keys.length > 0) {
      this.tear("receipt");
      return;
    }
    this.put(texts.confirm(text, { version: text.version, steps: [], keys: [] }), null, true);
  }

  private put(outcome: Outcome, batch: Arrived | null, confirmed: boolean): void {
    this.text = outcome.text;
    if (confirmed) this.receipt = null;
    if (confirmed) this.doubtful = false;
    const from = { by: batch?.by ?? "", for: batch?.for ?? "" };
    if (outcome.move) this.remotes.tell({ ...outcome.move, ...from });
    if (outcome.lost.length > 0) this.host.lost(this, outcome.lost);
    this.host.worked(this, confirmed);
    this.tell();
  }

  takeBack(why: TrayEntry["why"], reason = ""): void {
    if (!this.text) return;
    if (this.text.flight) this.givenBack.add(this.text.flight.mid);
    this.receipt = null;
    this.doubtful = false;
    this.giveBack(texts.takeBack(this.text), why, reason);
  }

  private giveBack({ text, move, lost }: Outcome, why: TrayEntry["why"], reason = ""): void {
    this.text = text;
    if (move) this.remotes.tell({ ...move, by: "", for: "" });
    this.host.lost(this, lost, { why, reason });
    this.host.worked(this, true);
    this.tell();
    this.settle();
  }

  /** What is told about the option. Gives false where it is gone. */
  private about(fetched: Fetched): boolean {
    this.provision = fetched.provision ?? this.provision;
    this.closed = fetched.closed;
    const had = this.text !== null && !this.wordless;
    this.wordless = fetched.kind !== "text";
    if (had && this.wordless) this.takeBack("gone");
    if (fetched.content === null) this.remove();
    else {
      this.gone = false; // an act that took it away was undone
      this.tell();
    }
    return fetched.content !== null;
  }

  private get known(): OptionText {
    if (!this.text) throw new Error(`The text of ${this.option} is not here yet.`);
    return this.text;
  }

  private once(holds: () => boolean): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve) => {
      const look = (): void => {
        if (holds()) resolve();
        else this.waiting.push(look);
      };
      this.waiting.push(look);
    });
  }

  private tell(): void {
    this.changes.tell(this);
    const looks = this.waiting;
    this.waiting = [];
    for (const look of looks) look();
  }
}

