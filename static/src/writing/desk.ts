// What the editor and the page see of the writing: one desk for a draft, one handle for each open
// option. These types are what others build on; the class implements them.
//
// - `handle.doc` is what the person sees: the confirmed text with their own work on top.
// - The editor applies a person's transaction to its own state first, then gives its steps to
//   `handle.change`. It applies what `onRemote` brings with `receive` of `transaction.ts`, and does
//   not give those steps back.
// - The editor's state needs a plugin with `historyPreserveItems: true`, so that undo can be
//   rebased step by step: the plugin `preserving` of `transaction.ts`.
// - Nothing here knows a page, a socket or a database: they are given as ports.

import type { Node } from "prosemirror-model";
import type { Step } from "prosemirror-transform";

/** Why an option cannot be written in, in words for people. */
export interface Closed {
  readonly status: string;
  readonly by: string;
  readonly at: string; // ISO 8601
  readonly reason: string;
}

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
  readonly closed: Closed | null;
  readonly standing: Standing;
  /** The person's own steps, already applied to `doc` by the editor, in order.
   * `forWhom`: whom they type for ("" = their own default standing). */
  change(steps: readonly Step[], forWhom: string): void;
  /** While true (an input method is composing) what comes waits; false lets it in, in order. */
  pause(paused: boolean): void;
  /** Held work: send it now, or move it to the tray. */
  send(): void;
  putAside(): void;
  /** What to apply to the editor's document. Returns the function that ends it. */
  onRemote(take: (remote: Remote) => void): () => void;
  /** `closed`, `standing` or `version` changed, or the option is gone. */
  onChange(take: (handle: OptionHandle) => void): () => void;
  /** The editor is unmounted. Work that is not confirmed goes on being sent. */
  close(): void;
}

/** Words that could not be placed. Kept over reloads until the person lets them go. */
export interface TrayEntry {
  readonly id: string;
  readonly option: string;
  readonly words: string;
  readonly forWhom: string;
  readonly why: "swallowed" | "locked" | "gone" | "forbidden" | "invalid" | "too_old" | "put_aside";
  readonly reason: string; // the server's sentence, or ""
  readonly at: number; // milliseconds since 1970
}

/** What the person is told about their work; see `saying.ts`. */
export type Saying =
  | { readonly kind: "saved" }
  | { readonly kind: "saving" }
  | { readonly kind: "offline"; readonly kept: number } // changes kept here
  | { readonly kind: "catching up" }
  | { readonly kind: "not allowed" }; // the draft is not for this person (any more)

/** The answer to a structural act. */
export type Answer =
  | { readonly kind: "done"; readonly seq: number }
  | { readonly kind: "refused"; readonly code: string; readonly reason: string }
  | { readonly kind: "offline" }; // not sent: structural acts are not kept
