// What can become of words that found no place: a proposal, or a request to reopen the text.
//
// - The text is there and open: an option of one's own, with the whole wording as one typed it.
// - It is gone: a provision that is proposed in its place, behind the nearest of those before it that
//   are still there.
// - It is closed: a comment to the chair that asks for reopening, with the wording in it.
// - Only what one typed oneself, and only by the person's word. Without it, what was typed without a
//   line into what is gone by now: the person has said all they could say then. They are told.

import type { Node } from "prosemirror-model";
import { Fragment, Slice } from "prosemirror-model";
import { ReplaceStep } from "prosemirror-transform";
import type { Deed } from "../live/messages.ts";
import type { Answer, OptionHandle, TrayEntry, Writing } from "./contract.ts";
import { docFrom } from "./schema.ts";
import { ownWording } from "./wording.ts";

const NOTE_MAX = 3_900; // characters of a note, less what stands around the words

/** The page as far as it matters here; keys as everywhere. */
export interface Surface {
  /** The provision in which an option stands now; null: nowhere. */
  provisionOf(option: string): string | null;
  isThere(provision: string): boolean;
  isClosed(provision: string): boolean;
  /** The first option of a provision. */
  optionOf(provision: string): string | null;
  /** The last provision of all. */
  readonly last: string | null;
  may(act: string): boolean;
}

export type Way =
  | { readonly kind: "option"; readonly provision: string }
  | { readonly kind: "provision"; readonly after: string | null }
  | { readonly kind: "ask"; readonly option: string };

/** What can be made of an entry; null: nothing but to put it in somewhere by hand. */
export function wayOf(entry: TrayEntry, page: Surface): Way | null {
  if (!entry.whole || !entry.words || entry.became) return null;
  const provision = page.provisionOf(entry.option) ?? entry.provision ?? "";
  if (!page.isThere(provision)) {
    const near = entry.place?.before.find((key) => page.isThere(key));
    return page.may("provision.add") ? { kind: "provision", after: near ?? page.last } : null;
  }
  if (!page.isClosed(provision)) {
    return page.may("option.add") ? { kind: "option", provision } : null;
  }
  const option = page.optionOf(provision);
  return option && page.may("note.add") ? { kind: "ask", option } : null;
}

/** Whether it is done without being asked for, and told. */
export function goesByItself(entry: TrayEntry, way: Way | null): boolean {
  return entry.away === true && way?.kind === "provision";
}

export interface Means {
  readonly desk: Pick<Writing, "open" | "act" | "became">;
  readonly whose: string; // under which name one's own changes stand
  newId(): string;
  /** The sentence that asks for reopening, with the wording in it. */
  asks(words: string): string;
}

/** Does it. What was not done is told by the answer, and the entry stays as it was. */
export async function propose(entry: TrayEntry, way: Way, means: Means): Promise<Answer> {
  const typed = ownWording(docFrom(entry.whole), entry.forWhom || means.whose, () => means.newId());
  const answer = await means.desk.act(deedOf(entry, way, typed, means), entry.forWhom);
  if (answer.kind !== "done") return answer;
  const made = way.kind === "ask" ? null : answer.made.find((key) => key.startsWith("o"));
  means.desk.became(entry.id, made ?? "note");
  if (made) await write(await means.desk.open(made), typed, entry.forWhom);
  return answer;
}

function deedOf(entry: TrayEntry, way: Way, typed: Node, means: Means): Deed {
  switch (way.kind) {
    case "option":
      return { a: "option.add", provision: way.provision, kind: "text", copy: null };
    case "provision": {
      const kind = entry.place?.kind ?? "item";
      const level = Math.min(3, Number(typed.firstChild?.attrs["level"] ?? 1));
      return { a: "provision.add", after: way.after, kind, level, proposed: true };
    }
    case "ask": {
      const words = means.asks(typed.textBetween(0, typed.content.size, "\n", spoken).slice(0, NOTE_MAX));
      return { a: "note.add", option: way.option, version: 0, start: 1, end: 1, words, kind: "comment" };
    }
  }
}

function spoken(node: Node): string {
  return node.type.spec.leafText?.(node) ?? "";
}

/** The wording in the place of what the new option begins with; its label stays that of the place. */
function write(handle: OptionHandle, typed: Node, forWhom: string): void {
  const { firstChild, content } = handle.doc;
  const first = typed.firstChild;
  if (firstChild && first) {
    const labelled = first.type.create(firstChild.attrs, first.content);
    const whole = typed.copy(typed.content.replaceChild(0, labelled));
    handle.change([new ReplaceStep(0, content.size, new Slice(Fragment.from(whole.content), 0, 0))], forWhom);
  }
  handle.close();
}
