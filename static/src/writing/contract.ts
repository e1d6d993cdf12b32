// What the editor and the page see of the writing: one desk for a draft, one handle for each open
// option.
//
// - `handle.doc` is what the person sees: the confirmed text with their own work on top.
// - The editor applies a person's transaction to its own state first, then gives its steps to
//   `handle.change`. It applies what `onRemote` brings with `receive` of `transaction.ts`, and does
//   not give those steps back.
// - The editor's state needs the plugin `preserving` of `transaction.ts` beside its history, so that
//   undo can be rebased step by step.
// - Nothing here knows a page, a socket or a database: they are given as ports.

import type { Node } from "prosemirror-model";
import type { Step } from "prosemirror-transform";
import type { Json } from "./schema.ts";
import type { Closed, Deed, Happened, Outlined, Person, Refused, Shown, You } from "../live/messages.ts";

/** Steps to apply to the editor's document, in order: own unconfirmed work undone (the first
 * `undone`), what came, own work again. `mirrors` pairs a step with the one that undoes it, for the
 * mapping of selection and history. Apply with `receive(state, remote)`. */
export interface Remote {
  readonly steps: readonly Step[];
  readonly undone: number;
  readonly mirrors: readonly (readonly [number, number])[];
  readonly by: string; // who wrote, "" where it is not known (a text fetched afresh, a refusal)
  readonly for: string;
}

/** Where one option's own work stands. */
export type Standing =
  | "settled" // everything is confirmed
  | "unsent" // typed, not yet sent
  | "in flight" // sent, not yet confirmed
  | "held"; // kept from earlier: the person is asked (`send` or `putAside`) before it is sent

export interface OptionHandle {
  readonly option: string; // "o23"
  readonly provision: string; // "p17"
  readonly doc: Node;
  readonly version: number; // of the confirmed text
  readonly closed: Closed | null; // why it cannot be written in
  readonly gone: boolean; // the option is no more
  readonly wordless: boolean; // it says "no text" or "delete": nobody writes in it
  readonly standing: Standing;
  /** The person's own steps, already applied to `doc` by the editor, in order.
   * `forWhom`: whom they type for ("" = their own default standing). */
  change(steps: readonly Step[], forWhom: string): void;
  /** While true (an input method is composing) what comes waits; false lets it in, in order. */
  pause(paused: boolean): void;
  /** Held work: send it now, or move it to the tray. */
  send(): void;
  putAside(): void;
  /** Where somebody's caret is in `doc`, from what `onPeople` tells; null: not in this option. */
  caretOf(person: Person): { readonly anchor: number; readonly head: number } | null;
  /** What to apply to the editor's document. Returns the function that ends it. */
  onRemote(take: (remote: Remote) => void): () => void;
  /** `closed`, `gone`, `wordless`, `standing` or `version` changed. */
  onChange(take: (handle: OptionHandle) => void): () => void;
  /** The editor is unmounted. Work that is not confirmed goes on being sent. */
  close(): void;
}

/** Where a provision stood on the page: the keys of those before it, the nearest first. */
export interface Place {
  readonly kind: "item" | "call" | "chapeau" | "other";
  readonly before: readonly string[];
}

/** Words that could not be placed. Kept over reloads until the person lets them go. `words` is
 * empty where only a deletion or a form was refused. Swallowed: a deletion by somebody else took the
 * place of one's own words. Overrun: one's own deletion took words that somebody wrote meanwhile.
 * Homeless: they were typed when the text was not open for them any more, or not yet. */
export interface TrayEntry {
  readonly id: string;
  readonly option: string;
  readonly words: string;
  readonly forWhom: string;
  readonly why: "swallowed" | "overrun" | "put_aside" | "too_large" | "homeless" | Refused["code"];
  readonly reason: string; // the server's sentence, or ""
  readonly at: number; // milliseconds since 1970
  readonly mid: number | null; // the batch they were in
  readonly pieces: readonly { readonly key: string; readonly words: string }[];
  readonly client: string;
  // What an earlier release kept has none of these.
  readonly provision?: string;
  readonly place?: Place | null;
  readonly whole?: Json | null; // the wording as it was typed; null where the words are others'
  readonly away?: boolean; // typed while the line was down, and not yet decided about
  readonly became?: string; // the option it was proposed as; "note": what asks for reopening
}

/** What the person is told about their work; see `saying.ts`. */
export type Saying =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "held"; readonly unsent: number } // everything else is saved
  | { readonly kind: "offline"; readonly unsent: number; readonly isKept: boolean } // on this machine's disk
  | { readonly kind: "catching up" }
  | { readonly kind: "not allowed"; readonly unsent: number; readonly isKept: boolean }; // (any more)

/** The answer to a structural act. `made`: keys it gave. */
export type Answer =
  | { readonly kind: "done"; readonly seq: number; readonly made: readonly string[] }
  | { readonly kind: "refused"; readonly code: Refused["code"]; readonly reason: string }
  | { readonly kind: "offline" }; // not sent: structural acts are not kept

export interface Caret {
  readonly option: string;
  readonly anchor: number; // in the handle's `doc`
  readonly head: number;
  readonly forWhom: string;
  readonly typing: boolean;
}

/** All the writing of one person in one draft, as the page and the editor use it. */
export interface Writing {
  readonly seq: number; // of the last event that was applied
  readonly you: You | null; // null before the first welcome
  readonly sid: string;
  readonly saying: Saying;
  readonly tray: readonly TrayEntry[];
  /** Resolves when the text is here: at once if it is kept, else when the server has answered. */
  open(option: string): Promise<OptionHandle>;
  /** A structural act, sent once the work in the options of `after` is confirmed. Give a function
   * where it names versions or positions: it is called at that moment. */
  act(what: Deed | (() => Deed), forWhom: string, after?: readonly string[]): Promise<Answer>;
  /** Where the person's caret is; null: nowhere. */
  presence(caret: Caret | null): void;
  /** What is compared with what, which provisions are near the screen, and which of them are to be
   * shown as they are now. */
  view(against: string, near: string[], stale: string[]): void;
  /** Words that were typed where no editor was, or for what was not done: `reason` says so. */
  setAside(option: string, words: string, forWhom: string, reason?: string): void;
  /** The person has seen or placed what the entry holds. */
  letGo(entry: string): void;
  /** What the entry holds was proposed as this option ("note": reopening is asked for with it; "":
   * it could not be, and the person decides). */
  became(entry: string, what: string): void;
  /** Each returns the function that ends it. */
  onSaying(take: (saying: Saying) => void): () => void;
  onTray(take: (tray: readonly TrayEntry[]) => void): () => void;
  onWelcome(take: (you: You) => void): () => void;
  /** Every event once, in order, texts included; only those after what the page showed. */
  onEvent(take: (event: Happened) => void): () => void;
  onOutlined(take: (outlined: Outlined) => void): () => void;
  onShown(take: (shown: Shown) => void): () => void;
  onPeople(take: (people: readonly Person[]) => void): () => void;
  /** What was typed of it; "" where it is only a deletion or a form. */
  heldWords(option: string): string;
  /** Options with held work, opened or not: the person is asked about each. */
  onHeld(take: (options: readonly string[]) => void): () => void;
}
