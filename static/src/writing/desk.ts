// All options of a draft that one person writes in.
//
// - Events are applied in the order of `seq` alone; what comes early waits, what is missing is asked
//   for, what was here before is nothing.
// - One batch in flight an option. It is on this machine's disk before it is sent; its `mid` and
//   keys never change. Without an answer it is sent again, and at once after the line was lost:
//   the request may have been lost as well as the answer. No resend waits for others' events.
// - Own work from before a long absence or a closed browser is held until the person says so.
// - No page, no socket, no database, no clock of its own: they are ports.

import type * as wire from "../live/messages.ts";
import { Absence } from "./absence.ts";
import { Acts } from "./acts.ts";
import type { Answer, Caret, OptionHandle, Place, Saying, TrayEntry, Writing } from "./contract.ts";
import { lettersIn, type Kept, type KeptOption } from "./kept.ts";
import { Keeper } from "./keeper.ts";
import { Listeners } from "./listeners.ts";
import type { Lost } from "./option.ts";
import { Order } from "./order.ts";
import { Outbox, PATIENCE_MS } from "./outbox.ts";
import { whereabouts } from "./places.ts";
import type { Ports, Start } from "./ports.ts";
import { Reads } from "./reads.ts";
import { saying, type Affairs } from "./saying.ts";
import type { Host, Sheet } from "./sheet.ts";
import { Sheets } from "./sheets.ts";
import { Telling } from "./telling.ts";
import { Tray } from "./tray.ts";
import { wordsOf } from "./words.ts";

export type * from "./contract.ts";

const TICK_MS = 1_000;
const MIDS_AHEAD = 64; // may be given before the next save

export class Desk extends Telling implements Writing, Host {
  readonly client: string;
  you: wire.You | null = null;
  sid = "";
  private readonly ports: Ports;
  private readonly sheets = new Sheets(this);
  private readonly order: Order;
  private readonly acts: Acts;
  private readonly outbox: Outbox;
  private readonly trayed: Tray;
  private readonly pageSeq: number;
  private against: string;
  private line: Affairs["line"] = "down";
  private readonly absence: Absence;
  private mid: number;
  private headAtWelcome = 0;
  private readonly keeper: Keeper;
  private readonly reads = new Reads((message) => this.say(message));
  private ticking: () => void = () => undefined; // calls off the next tick
  private caret: Caret | null = null;
  private told: Saying | null = null; // nothing yet: also that all is saved is news
  private heldBefore = "";
  private readonly helds = new Listeners<readonly string[]>();

  constructor(ports: Ports, start: Start) {
    super();
    this.ports = ports;
    this.client = start.client;
    this.against = start.against;
    this.pageSeq = start.seq;
    this.mid = start.kept.mid;
    this.absence = new Absence(ports, start.kept.at);
    this.trayed = new Tray(start.kept.tray);
    this.acts = new Acts((message) => this.say(message));
    this.keeper = new Keeper({
      store: ports.store,
      kept: () => this.kept(),
      failed: () => this.trouble("store"),
      turned: () => this.affairs(),
    });
    this.outbox = new Outbox({
      keeper: this.keeper,
      say: (message) => this.say(message),
      isReady: () => this.line === "up" && !this.isCatchingUp,
      after: ports.after,
      now: () => ports.now(),
      nextMid: () => this.mid++,
    });
    const known = start.kept.options.filter(({ torn }) => !torn).map(({ seq }) => seq);
    this.order = new Order(Math.min(start.seq, ...known), (event) => this.apply(event));
    for (const kept of start.kept.options) this.unpack(kept, start.sameTab);
  }

  private unpack(kept: KeptOption, sameTab: boolean): void {
    if (!this.sheets.unpack(kept, !sameTab || this.absence.isLong)) this.unreadable(kept);
  }

  /** What an earlier release of ours kept, and this one does not understand: its words at least. */
  private unreadable({ option, own }: KeptOption): void {
    const words = own.map(({ step }) => lettersIn(step)).join("");
    const about = { option, words, forWhom: own[0]?.for ?? "", mid: null, pieces: [], ...this.name() };
    if (words) this.trayed.put({ ...about, why: "invalid", reason: "" });
    this.trouble("kept");
  }

  private name(): Pick<TrayEntry, "at" | "client"> {
    return { at: this.ports.now(), client: this.client };
  }

  // --- What the page and the editor use --------------------------------------------------------

  get seq(): number {
    return this.order.seq;
  }

  get isCatchingUp(): boolean {
    return this.seq < this.headAtWelcome;
  }

  get tray(): readonly TrayEntry[] {
    return this.trayed.entries;
  }

  get saying(): Saying {
    const behind = this.order.isBehind(this.ports.now());
    const unconfirmed = this.acts.pending + this.sheets.changes;
    const { heldChanges: held } = this.sheets;
    return saying({ line: this.line, behind, unconfirmed, held, isKept: this.keeper.isKept });
  }

  async open(option: string): Promise<OptionHandle> {
    const sheet = this.sheets.of(option);
    sheet.opened += 1;
    if (!sheet.text || !sheet.provision) this.read(option);
    await sheet.ready();
    return sheet;
  }

  async act(what: wire.Deed | (() => wire.Deed), forWhom: string, after: readonly string[] = []): Promise<Answer> {
    if (this.line !== "up") return { kind: "offline" };
    const open = after.flatMap((option) => this.sheets.get(option) ?? []);
    for (const sheet of open) this.outbox.flush(sheet);
    await Promise.all(open.map((sheet) => sheet.settled()));
    if (this.mid >= this.keeper.ceiling) await this.keeper.now();
    if (this.line !== "up") return { kind: "offline" };
    const deed = typeof what === "function" ? what() : what;
    const answer = this.acts.act(this.mid++, deed, forWhom, this.ports.now());
    this.affairs();
    return answer;
  }

  presence(caret: Caret | null): void {
    this.caret = caret;
    this.sayPresence();
  }

  private sayPresence(): void {
    this.say(whereabouts(this.caret, this.caret ? this.sheets.get(this.caret.option) : undefined));
  }

  view(against: string, near: string[], stale: string[]): void {
    this.against = against;
    this.say({ t: "view", against, near, stale });
  }

  setAside(option: string, words: string, forWhom: string, reason = ""): void {
    const { provision, place } = this.sheets.get(option) ?? { provision: "", place: this.placeOf(option) };
    const about = { option, provision, place, why: "homeless", reason, mid: null, pieces: [] } as const;
    this.trayed.put({ ...about, words, forWhom, ...this.name() });
    void this.keeper.now();
  }

  letGo(entry: string): void {
    this.trayed.letGo(entry);
    void this.keeper.now();
  }

  became(entry: string, what: string): void {
    this.trayed.became(entry, what);
    void this.keeper.now();
  }

  onTray(take: (tray: readonly TrayEntry[]) => void): () => void {
    return this.trayed.changes.add(take);
  }

  onHeld(take: (options: readonly string[]) => void): () => void {
    take(this.held);
    return this.helds.add(take);
  }

  get held(): readonly string[] {
    return this.sheets.held;
  }

  heldWords(option: string): string {
    const text = this.sheets.get(option)?.text;
    return text?.held ? wordsOf(text.doc, text.own, () => true) : "";
  }

  /** Resolves when everything is on this machine's disk. */
  keep(): Promise<void> {
    return this.keeper.now();
  }

  /** The page may be gone in a moment. */
  leaving(): void {
    this.keeper.last();
  }

  // --- What the line brings ----------------------------------------------------------------------

  hello(): wire.Hello {
    return { t: "hello", client: this.client, seq: this.seq, against: this.against };
  }

  heard(message: wire.Told): void {
    switch (message.t) {
      case "welcome":
        this.welcomed(message);
        break;
      case "event":
        this.order.take(message, this.ports.now());
        break;
      case "ack":
        this.order.know(message.seq, this.ports.now());
        this.acked(message);
        break;
      case "refused":
        this.refused(message);
        break;
      case "text":
        this.reads.answered(message.option);
        this.order.know(message.seq, this.ports.now());
        this.sheets.get(message.option)?.answered(message);
        break;
      case "head":
        this.order.know(message.seq, this.ports.now());
        break;
      case "resync":
        this.tearAll();
        break;
      default:
        this.pass(message);
    }
    if (this.line === "up") this.absence.end();
    this.affairs();
  }

  private welcomed({ seq, sid, you, mid }: wire.Welcome): void {
    // A record that the disk did not take may be older than what was sent.
    this.mid = Math.max(this.mid, (mid ?? -1) + 1); // a server of the release before does not say it
    if (this.absence.isLong) this.hold();
    [this.line, this.sid, this.you] = ["up", sid, you];
    this.headAtWelcome = seq;
    this.order.know(seq, this.ports.now());
    this.order.asked(this.ports.now()); // what came meanwhile follows without asking
    this.welcomes.tell(you);
    this.reads.askAgain(this.ports.now());
    this.acts.sendAgain(this.ports.now());
    for (const sheet of this.sheets.all) this.outbox.commit(sheet);
    this.flushAll();
    if (this.caret) this.sayPresence();
    this.ticking();
    this.ticking = this.ports.after(TICK_MS, () => this.tick());
  }

  /** The line is down; `refused`: for good. */
  down(refused = false): void {
    this.line = refused ? "refused" : "down";
    this.people.clear();
    for (const sheet of this.sheets.all) sheet.wasAway = sheet.standing !== "settled";
    if (refused) this.acts.end();
    this.affairs();
  }

  private hold(): void {
    for (const sheet of this.sheets.all) sheet.hold();
    void this.keeper.now();
  }

  private acked(ack: wire.Ack): void {
    if (this.acts.acked(ack)) return;
    for (const sheet of this.sheets.all) if (sheet.acked(ack)) return;
  }

  private refused(refusal: wire.Refused): void {
    if (this.acts.refused(refusal)) return;
    for (const sheet of this.sheets.all) if (sheet.refused(refusal)) return;
  }

  /** Too much was missed: the page is fetched afresh, and the texts too. */
  private tearAll(): void {
    for (const sheet of this.sheets.all) sheet.jump(this.seq);
    void this.keeper.now();
  }

  /** The page was fetched afresh, as it is after event `seq`: what came before is not told. */
  jump(seq: number): void {
    this.order.jump(seq, this.ports.now());
    for (const sheet of this.sheets.all) sheet.jump(seq);
  }

  // --- In order ------------------------------------------------------------------------------------

  private apply(event: wire.Happened): void {
    if ("steps" in event.data) this.changed(event, event.data);
    else this.sheets.touched(event.data);
    for (const sheet of this.sheets.all) sheet.settle();
    if (event.seq === this.headAtWelcome) this.flushAll();
    if (event.seq > this.pageSeq) this.events.tell(event);
  }

  private changed(event: wire.Happened, data: wire.TextChange): void {
    if (event.client === this.client && event.mid !== null) {
      this.trayed.landed(event.client, event.mid, data.keys);
    }
    const sheet = this.sheets.get(data.option);
    if (!sheet) return;
    const { seq, by, client, mid } = event;
    const { version, steps, keys, sum } = data;
    sheet.take({ seq, by, for: event.for, client, mid, version, steps, keys, sum });
  }

  private flushAll(): void {
    for (const sheet of this.sheets.all) this.outbox.flush(sheet);
  }

  // --- Sending -----------------------------------------------------------------------------------

  worked(sheet: Sheet, soon: boolean): void {
    void this.keeper.now();
    sheet.wasAway = sheet.standing !== "settled" && (sheet.wasAway || this.line !== "up");
    if (soon && sheet.text?.flight) this.outbox.commit(sheet); // let go, or withdrawn
    // Inside words that are not confirmed a place cannot be told: it was told as where they begin.
    if (soon && this.caret?.option === sheet.option) this.sayPresence();
    if (soon) this.outbox.flush(sheet);
    else this.outbox.flushSoon(sheet);
    this.closed(sheet);
    this.affairs();
  }

  read(option: string): void {
    this.reads.ask(option, this.ports.now());
  }

  private say(message: wire.Said): void {
    if (this.line === "up") this.ports.say(message);
  }

  /** Asks and sends again what has had no answer for too long. */
  private tick(): void {
    if (this.line !== "up") return;
    const now = this.ports.now();
    if (this.order.isLate(now)) {
      this.order.asked(now);
      this.say({ t: "since", seq: this.seq });
    }
    this.reads.askAgain(now, PATIENCE_MS);
    for (const sheet of this.sheets.all) this.outbox.commitIfLate(sheet);
    this.acts.sendAgain(now, PATIENCE_MS);
    this.affairs();
    this.ticking = this.ports.after(TICK_MS, () => this.tick());
  }

  // --- Keeping -------------------------------------------------------------------------------------

  private kept(): Kept {
    const options = this.sheets.pack();
    return { mid: this.mid + MIDS_AHEAD, at: this.absence.since, options, tray: this.trayed.entries };
  }

  // --- What the sheets tell ------------------------------------------------------------------------

  lost(sheet: Sheet, lost: readonly Lost[], refusal?: Pick<TrayEntry, "why" | "reason">): void {
    const { option, provision, place, wasAway: away } = sheet;
    this.trayed.take(lost, { option, provision, place, away, ...this.name(), ...refusal });
  }

  trouble(what: string, sheet?: Sheet): void {
    this.ports.trouble(what, sheet?.option ?? "");
  }

  placeOf(option: string): Place | null {
    return this.ports.placeOf?.(option) ?? null;
  }

  closed(sheet: Sheet): void {
    this.sheets.forget(sheet);
  }

  private affairs(): void {
    const now = this.saying;
    const held = this.held.join();
    if (JSON.stringify(now) !== JSON.stringify(this.told)) this.sayings.tell((this.told = now));
    if (held !== this.heldBefore) this.helds.tell(this.held);
    this.heldBefore = held;
  }
}
