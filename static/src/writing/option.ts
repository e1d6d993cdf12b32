// One option as a client knows it: a pure value, and what each message makes of it.
//
// - `confirmed` is the server's text at `version`; `doc` is it with `own` on top, in order.
// - The first of `own` belong to `flight`, the one batch that may be on its way; the rest is unsent.
// - What comes is applied below the own work (`rebase`). A batch of one's own that comes back is
//   confirmed in place where its steps are what they have become here; otherwise everything own
//   is undone, what came is applied, and the rest is set on top.
// - Words that find no place are given back in `lost`, never dropped.

import type { Node } from "prosemirror-model";
import { ReplaceStep, type Step } from "prosemirror-transform";
import { groups, nextBatch, type Flight } from "./batch.ts";
import { canonical } from "./checksum.ts";
import { applied, asOwn, rebase, type Mirror, type Own, type Rebased } from "./rebase.ts";
import { deletedBy } from "./overrun.ts";
import { stepFrom } from "./schema.ts";
import { wordsOf } from "./words.ts";

export interface OptionText {
  readonly version: number;
  readonly confirmed: Node;
  readonly doc: Node;
  readonly own: readonly Own[];
  readonly flight: Flight | null;
  readonly held: boolean; // the person is asked before anything of it is sent
}

/** Steps from the old `doc` to the new one: `undone` of own work undone, then what came. */
export interface Move {
  readonly steps: readonly Step[];
  readonly undone: number;
  readonly mirrors: readonly Mirror[];
}

export interface Lost {
  readonly words: string;
  readonly why: "swallowed" | "overrun" | "put_aside"; // own words, or others' in what one deleted
  readonly forWhom: string;
  readonly mid: number | null; // the batch they were in
  readonly pieces: readonly Piece[]; // by the key they were sent under, where that may yet land
  readonly whole: Node | null; // the wording as it was typed, where the words are one's own
}

export interface Piece {
  readonly key: string;
  readonly words: string;
}

export interface Outcome {
  readonly text: OptionText;
  readonly move: Move | null; // null: the document is the same
  readonly lost: readonly Lost[];
}

/** What the server has made of a batch: `steps[i]` is of `keys[i]`. */
export interface Batch {
  readonly version: number;
  readonly steps: readonly Step[];
  readonly keys: readonly string[];
}

export function fresh(confirmed: Node, version: number): OptionText {
  return { version, confirmed, doc: confirmed, own: [], flight: null, held: false };
}

const isSent = (mine: Own): boolean => mine.item !== "";
export const unsent = (text: OptionText): readonly Own[] => text.own.filter((mine) => !isSent(mine));
export const hasWork = (text: OptionText): boolean => text.own.length > 0 || text.flight !== null;

/** The person's own steps, made on `doc`. */
export function change(text: OptionText, steps: readonly Step[], forWhom: string): OptionText {
  const [doc, own] = asOwn(text.doc, steps, forWhom);
  return { ...text, doc, own: [...text.own, ...own] };
}

/** The next batch put in flight, or null where there is none to send now. */
export function send(text: OptionText, nextMid: () => number): OptionText | null | "too large" {
  if (text.flight || text.held || text.own.length === 0) return null;
  const next = nextBatch(text.own, nextMid(), text.version, text.confirmed);
  return next === "too large" ? next : { ...text, flight: next.flight, own: next.own };
}

/** Somebody else's batch. */
export function receive(text: OptionText, { steps, version }: Batch): Outcome {
  const moved = rebase(text.confirmed, text.doc, text.own, steps);
  const missed = text.flight?.missed && [...text.flight.missed, ...steps];
  const flight = text.flight && { ...text.flight, missed: missed ?? null };
  return under({ ...text, flight }, moved, applied(text.confirmed, steps), version);
}

/** The own work on top of a new confirmed text. What of a batch in flight has no place here may have
 * one on the server: its words are told when it comes back. */
function under(text: OptionText, moved: Rebased, confirmed: Node, version: number): Outcome {
  return {
    text: { ...text, version, confirmed, doc: moved.doc, own: moved.own },
    move: { steps: moved.steps, undone: text.own.length, mirrors: moved.mirrors },
    lost: lostOf(text, (mine) => !isSent(mine) && moved.fallen.includes(mine)),
  };
}

/** The own batch in flight has come back; `keys` empty: nothing of it could be placed. */
export function confirm(text: OptionText, batch: Batch): Outcome {
  const sent = text.own.filter(isSent);
  const rest = unsent(text);
  const confirmed = applied(text.confirmed, batch.steps);
  const landed = { ...text, version: batch.version, confirmed, flight: null };
  const lost = text.flight ? fateOf(text.flight, batch.keys, sent) : [];
  if (same(sent, batch)) return { text: { ...landed, own: rest }, move: null, lost };
  const twins = twinsOf(sent, batch.keys);
  const moved = rebase(text.confirmed, text.doc, text.own, batch.steps, sent.length, twins);
  return {
    text: { ...landed, doc: moved.doc, own: moved.own },
    move: { steps: moved.steps, undone: text.own.length, mirrors: moved.mirrors },
    lost: [...lost, ...lostOf(text, (mine) => moved.fallen.includes(mine))],
  };
}

/** Whether the own steps in flight are exactly what came. */
function same(sent: readonly Own[], { steps, keys }: Batch): boolean {
  const mine = byItem(sent);
  if (mine.length !== keys.length || keys.length !== steps.length) return false;
  return mine.every(([key, own], i) => {
    const made = groups(own);
    const [first] = made;
    if (key !== keys[i] || made.length !== 1 || !first) return false;
    return canonical(first.step.toJSON()) === canonical(steps[i]?.toJSON());
  });
}

function byItem(sent: readonly Own[]): [string, Own[]][] {
  const out = new Map<string, Own[]>();
  for (const mine of sent) out.set(mine.item, [...(out.get(mine.item) ?? []), mine]);
  return [...out];
}

/** Where an item is one own step still, what came is that step: its mirror. */
function twinsOf(sent: readonly Own[], keys: readonly string[]): (number | undefined)[] {
  return keys.map((key) => {
    const at = sent.flatMap(({ item }, i) => (item === key ? [i] : []));
    return at.length === 1 ? at[0] : undefined;
  });
}

/** What a batch lost, and what it took from others, when these of its keys were placed. */
function fateOf(flight: Flight, keys: readonly string[], sent: readonly Own[]): Lost[] {
  const [doc, made] = remade(flight);
  const { missed, mid, forWhom } = flight;
  const gone = new Set(flight.items.map(({ key }) => key).filter((key) => !keys.includes(key)));
  const words = wordsOf(doc, made, ({ item }) => gone.has(item));
  const why = flight.withdrawn ? "put_aside" : "swallowed";
  const landed = missed ? rebase(flight.ground, doc, made, missed).own : sent;
  const overrun = landed.filter((mine) => mine.overrun.trim() !== "" && keys.includes(mine.item));
  return [
    ...(words === "" ? [] : [{ words, why, forWhom, mid, pieces: [], whole: doc } as const]),
    ...overrun.map((mine) => {
      return { words: mine.overrun, why: "overrun", forWhom, mid, pieces: [], whole: null } as const;
    }),
  ];
}

/** What a batch took from the text that was thought refused, and landed by another copy. */
export function takenBy(doc: Node, steps: readonly Step[], mid: number | null): Lost[] {
  const pieces: string[] = [];
  const after = steps.reduce((text, step) => {
    pieces.push(deletedBy(text, step));
    return applied(text, [step]);
  }, doc);
  const left = after.textBetween(0, after.content.size, "\n");
  const words = pieces.filter((piece) => piece.trim() !== "" && !left.includes(piece)).join(" … ");
  return words === "" ? [] : [{ words, why: "overrun", forWhom: "", mid, pieces: [], whole: null }];
}

/** The batch on the text it was made on, each item one step. */
function remade({ ground, items, forWhom, overrun }: Flight): [Node, Own[]] {
  const steps = items.map(({ step }) => stepFrom(step));
  const [doc, own] = asOwn(ground, steps, forWhom);
  const keyed = own.map((mine, i) => {
    const item = items[i]?.key ?? "";
    return { ...mine, item, overrun: overrun[item] ?? "" };
  });
  return [doc, keyed];
}

/** Everything own is taken away; its words are given back: those in flight apart, for they may yet
 * turn out to be in the text. One entry has no words, where there was only a deletion or a mark. */
export function takeBack(text: OptionText): Outcome {
  const moved = rebase(text.confirmed, text.doc, text.own, [], text.own.length);
  const sent = lostInFlight(text);
  const lost: Lost[] = [...(sent.words ? [sent] : []), ...lostOf(text, (mine) => !isSent(mine))];
  return {
    text: fresh(text.confirmed, text.version),
    move: text.own.length > 0 ? { steps: moved.steps, undone: text.own.length, mirrors: [] } : null,
    lost: lost.length === 0 && hasWork(text) ? [sent] : lost,
  };
}

/** The unsent work is taken away. What is in flight may have landed: it is withdrawn, and stays
 * until it is known. */
export function putAside(text: OptionText): Outcome {
  if (!text.flight) return takeBack(text);
  const sent = text.own.filter(isSent);
  const rest = unsent(text);
  const ground = applied(text.confirmed, sent.map(({ step }) => step));
  const moved = rebase(ground, text.doc, rest, [], rest.length);
  return {
    text: { ...text, doc: ground, own: sent, held: false, flight: { ...text.flight, withdrawn: true } },
    move: rest.length > 0 ? { steps: moved.steps, undone: rest.length, mirrors: [] } : null,
    lost: lostOf(text, (mine) => !isSent(mine)),
  };
}

function lostInFlight({ flight, own, doc: whole }: OptionText): Lost {
  if (!flight) return { words: "", why: "swallowed", forWhom: "", mid: null, pieces: [], whole };
  const [doc, made] = remade(flight);
  const pieces = flight.items.flatMap(({ key }) => {
    const words = wordsOf(doc, made, ({ item }) => item === key);
    return words === "" ? [] : [{ key, words }];
  });
  const words = wordsOf(doc, made, () => true);
  const typed = own.some(isSent) ? whole : doc;
  return { words, why: "swallowed", forWhom: flight.forWhom, mid: flight.mid, pieces, whole: typed };
}

/** The text fetched afresh, own work on top. `landed`: the keys of the batch in flight that are in
 * it already; null: that batch is not in it. */
export function renew(
  text: OptionText,
  content: Node,
  version: number,
  landed: readonly string[] | null,
): Outcome {
  const over = difference(text.confirmed, content);
  const ground = text.confirmed;
  const flight = text.flight && { ...text.flight, missed: null };
  if (!landed || !flight) {
    return under({ ...text, flight }, rebase(ground, text.doc, text.own, over), content, version);
  }
  const sent = text.own.filter(isSent);
  const moved = rebase(ground, text.doc, text.own, over, sent.length);
  const outcome = under({ ...text, flight: null }, moved, content, version);
  return { ...outcome, lost: [...fateOf(flight, landed, sent), ...outcome.lost] };
}

function difference(from: Node, to: Node): Step[] {
  const start = from.content.findDiffStart(to.content);
  const end = from.content.findDiffEnd(to.content);
  if (start === null || !end) return [];
  const overlap = Math.max(0, start - Math.min(end.a, end.b));
  const step = new ReplaceStep(start, end.a + overlap, to.slice(start, end.b + overlap));
  const whole = new ReplaceStep(0, from.content.size, to.slice(0, to.content.size));
  return step.apply(from).doc?.eq(to) ? [step] : [whole];
}

function lostOf(text: OptionText, chosen: (mine: Own) => boolean): Lost[] {
  const words = wordsOf(text.doc, text.own, chosen);
  const forWhom = text.own.find(chosen)?.forWhom ?? "";
  return words === "" ? [] : [{ words, why: "swallowed", forWhom, mid: null, pieces: [], whole: text.doc }];
}
