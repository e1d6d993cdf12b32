// A person at a browser without a screen: real desk, real editor state with its history.

import { history, redo, undo } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { EditorState, TextSelection, type Transaction } from "prosemirror-state";
import type { Told } from "../../live/messages.ts";
import { Desk, type OptionHandle } from "../desk.ts";
import { NOTHING, type Kept } from "../kept.ts";
import { schema } from "../schema.ts";
import { preserving, receive } from "../transaction.ts";
import type { Chance } from "./chance.ts";
import { textOf, tokensOf, type Journal } from "./journal.ts";
import type { Line, Net } from "./net.ts";

interface Mounted {
  readonly handle: OptionHandle;
  state: EditorState;
}

export class Writer {
  readonly number: number;
  readonly client: string;
  readonly trouble: string[] = [];
  desk: Desk;
  line: Line | null = null;
  kept = JSON.stringify(NOTHING);
  resent = 0;
  readonly mounted = new Map<string, Mounted>();
  private torn = 0; // the seq of the page that must be fetched afresh
  private page = 0;
  private life = 0;
  private readonly net: Net;
  private readonly journal: Journal;
  private readonly chance: Chance;
  private readonly options: readonly string[];
  private readonly sent = new Map<string, readonly string[]>(); // key: its tokens
  private brackets = 0;

  constructor(number: number, client: string, net: Net, journal: Journal, options: readonly string[]) {
    this.number = number;
    this.client = client;
    this.net = net;
    this.journal = journal;
    this.chance = net.chance;
    this.options = options;
    this.desk = this.sitDown(true);
  }

  /** A page begins: with what was kept, and `seq` as the page would show it. */
  private sitDown(sameTab: boolean): Desk {
    const life = ++this.life;
    const { clock } = this.net;
    const kept = JSON.parse(this.kept) as Kept;
    const desk: Desk = new Desk(
      {
        say: (said) => {
          if (life !== this.life) return;
          if (said.t === "commit") this.noteSent(said.items);
          this.line?.say(said);
        },
        after: (ms, run) =>
          clock.after(ms, () => {
            if (life === this.life) run();
          }),
        now: () => clock.now,
        store: { save: (kept) => this.save(kept, life), forget: () => this.save(NOTHING, life) },
        trouble: (what, option) => this.trouble.push(`${what} ${option}`),
      },
      { client: this.client, seq: this.pageSeq, against: "base", kept, sameTab },
    );
    for (const option of this.options) void desk.open(option).then((handle) => this.mount(handle, life));
    return desk;
  }

  private get pageSeq(): number {
    return this.life === 1 ? 0 : Math.max(this.desk.seq, this.page);
  }

  private save(kept: Kept, life: number): Promise<void> {
    const written = JSON.stringify(kept);
    return new Promise((resolve) => {
      this.net.clock.after(this.chance.below(30), () => {
        if (life === this.life) this.kept = written;
        resolve();
      });
    });
  }

  private mount(handle: OptionHandle, life: number): void {
    if (life !== this.life) return;
    const plugins = [history({ newGroupDelay: 0 }), preserving];
    const mounted = { handle, state: EditorState.create({ doc: handle.doc, plugins }) };
    handle.onRemote((remote) => {
      mounted.state = mounted.state.apply(receive(mounted.state, remote));
      if (!mounted.state.doc.eq(handle.doc)) throw new Error("Editor and desk have parted.");
    });
    this.mounted.set(handle.option, mounted);
  }

  private noteSent(items: readonly { readonly key: string; readonly step: unknown }[]): void {
    for (const { key, step } of items) {
      const before = this.sent.get(key);
      const tokens = tokensOf(JSON.stringify(step));
      if (before) this.resent += 1;
      if (before && before.join() !== tokens.join()) throw new Error(`Key ${key} was sent with other words.`);
      this.sent.set(key, tokens);
    }
  }

  /** The journal of acknowledgements: of what was heard, not of what the desk thinks. */
  private watch(told: Told): void {
    if (told.t !== "ack") return;
    for (const key of told.keys) for (const token of this.sent.get(key) ?? []) this.journal.acked.add(token);
  }

  // --- What happens to them -------------------------------------------------------------------

  connect(): void {
    if (this.line?.open) return;
    if (this.torn > 0 && this.chance.happens(0.5)) this.reload(true);
    else if (this.torn > 0) this.desk.jump(this.torn);
    this.torn = 0;
    this.line = this.net.connect(
      this.desk,
      (told) => this.watch(told),
      (head) => {
        this.torn = this.page = head;
      },
    );
  }

  disconnect(): void {
    if (this.line?.open) this.line.end();
  }

  /** The page goes and comes again; what was not yet kept is gone with it. */
  reload(sameTab: boolean): void {
    this.disconnect();
    const kept = new Set(tokensOf(this.kept));
    for (const { handle } of this.mounted.values()) {
      if (handle.standing === "settled") continue;
      for (const token of tokensOf(textOf(handle.doc))) if (!kept.has(token)) this.journal.forgotten.add(token);
    }
    for (const { words } of this.desk.tray) {
      for (const token of tokensOf(words)) if (!kept.has(token)) this.journal.forgotten.add(token);
    }
    this.mounted.clear();
    this.desk = this.sitDown(sameTab);
  }

  // --- What they do -------------------------------------------------------------------------------

  act(): void {
    const mounted = this.mounted.get(this.chance.of(this.options));
    if (!mounted) return;
    if (mounted.handle.standing === "held" && this.chance.happens(0.3)) {
      if (this.chance.happens(0.5)) mounted.handle.send();
      else mounted.handle.putAside();
    }
    const deed = this.chance.of(DEEDS);
    switch (deed) {
      case "type":
        this.type(mounted);
        break;
      case "erase":
        this.dispatch(mounted, this.selected(mounted, 4).deleteSelection());
        break;
      case "split":
        this.dispatch(mounted, mounted.state.tr.split(this.place(mounted.state.doc)));
        break;
      case "mark": {
        const tr = this.selected(mounted, 6);
        this.dispatch(mounted, tr.addMark(tr.selection.from, tr.selection.to, schema.mark(this.chance.of(MARKS))));
        break;
      }
      case "bracket": {
        const id = `b${this.number}-${this.brackets++}`;
        const node = schema.node(this.chance.of(["bracket_open", "bracket_close"]), { id });
        this.dispatch(mounted, mounted.state.tr.insert(this.place(mounted.state.doc), node));
        break;
      }
      case "undo":
        undo(mounted.state, (tr) => this.dispatch(mounted, tr));
        break;
      case "redo":
        redo(mounted.state, (tr) => this.dispatch(mounted, tr));
        break;
    }
  }

  private type(mounted: Mounted): void {
    let tr = this.chance.happens(0.3) ? this.selected(mounted, 3) : this.atCaret(mounted);
    for (let count = 1 + this.chance.below(4); count > 0; count--) {
      this.dispatch(mounted, tr.insertText(this.journal.token(this.number, this.chance.happens(0.1))));
      tr = mounted.state.tr;
    }
  }

  private atCaret({ state }: Mounted): Transaction {
    if (this.chance.happens(0.5) && state.selection.$from.parent.inlineContent) return state.tr;
    const near = TextSelection.near(state.doc.resolve(this.place(state.doc)));
    return state.tr.setSelection(near);
  }

  private selected({ state }: Mounted, most: number): Transaction {
    const from = this.place(state.doc);
    const to = whole(state.doc, Math.min(from + 1 + this.chance.below(most), state.doc.content.size - 1));
    return state.tr.setSelection(TextSelection.between(state.doc.resolve(from), state.doc.resolve(to)));
  }

  private place(doc: Node): number {
    const at = 1 + this.chance.below(doc.content.size - 1);
    const $at = doc.resolve(at);
    return $at.parent.inlineContent ? whole(doc, at) : at - 1;
  }

  private dispatch(mounted: Mounted, tr: Transaction): void {
    const before = mounted.state.doc;
    mounted.state = mounted.state.apply(tr);
    if (!tr.docChanged) return;
    this.journal.changed(before, mounted.state.doc);
    mounted.handle.change(tr.steps, "");
  }
}

const DEEDS = ["type", "type", "type", "type", "erase", "split", "mark", "bracket", "undo", "redo"] as const;
const MARKS = ["em", "strong", "sup", "sub"] as const;

/** The position, or the next where it lies inside a character of two units. */
function whole(doc: Node, at: number): number {
  const $at = doc.resolve(at);
  const unit = $at.textOffset > 0 ? ($at.parent.child($at.index()).text ?? "").charCodeAt($at.textOffset) : 0;
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
