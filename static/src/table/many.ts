// An act on many provisions that are chosen in the index: what it asks of each, as one deed.
//
// - What is chosen of the provision in sight says whose wordings are meant in all of them: those of
//   the same proposals, or the base. Nothing chosen there means all that the act makes sense for.
// - A provision in which the act makes no sense is left out, and how many were is told.
// - Pure, as `deeds` is, which knows what the act asks of one.

import { many, wishOf } from "./deeds.ts";
import type { Act, Case, Single, Told, Wish, Wording } from "./deeds.ts";

/** A wording in a provision that is not in sight. */
export interface Far {
  readonly kind: string;
  readonly options: readonly string[];
  readonly within: string;
  readonly codes: readonly string[]; // all who stand behind it
  readonly asked: readonly string[];
  readonly brackets: readonly string[];
  readonly isBase: boolean;
}

/** What lies in a provision that is not in sight. */
export interface FarCase {
  readonly provision: string;
  readonly status: string;
  readonly moves: readonly string[];
  readonly placed: boolean;
  readonly seen: Readonly<Record<string, number>>;
  readonly wordings: readonly Far[];
}

export type ManyWish = Wish & { readonly left?: number };

// What it means where nothing is said of whose wordings are meant.
const ALL: Readonly<Partial<Record<Act, (one: Far) => boolean>>> = {
  fold: (one) => one.options.length > 0,
  both: (one) => one.options.length > 0,
  unfold: (one) => one.within !== "",
  take: (one) => one.asked.length > 0 && one.options.length === 0,
  lift: (one) => one.brackets.length > 0,
  drop: (one) => one.brackets.length > 0,
};
const NAMED: readonly Act[] = ["choose", "retain_not", "withdraw", "position"];
const PLAIN: readonly Act[] = ["no_text", "delete", "placed"];

/** Whether an act is done to all that are chosen in the index, beside those on their status. */
export function isOnMany(act: Act): boolean {
  return act in ALL || NAMED.includes(act) || PLAIN.includes(act);
}

/** The deed on all of them, what to ask first, or why it makes no sense in any. */
export function wishOfMany(
  act: Act,
  at: Case,
  others: readonly FarCase[],
  told: Told | null = null,
): ManyWish {
  if (at.chosen.length === 0 && ["choose", "retain_not", "withdraw"].includes(act)) {
    return { why: "chooseWhose" };
  }
  const wishes = others.map((one) => wishOf(act, caseOf(act, at, one), told));
  const asks = wishes.find((wish) => "ask" in wish);
  if (asks) return asks;
  const deeds = wishes.flatMap(singles);
  if (deeds.length === 0) return wishes[0] ?? { why: "chooseWordings" };
  const whole = many(deeds);
  return "why" in whole ? whole : { ...whole, left: wishes.filter((wish) => "why" in wish).length };
}

function singles(wish: Wish): readonly Single[] {
  if (!("deed" in wish) || wish.deed.a === "undo") return [];
  return wish.deed.a === "together" ? (wish.deed.deeds as readonly Single[]) : [wish.deed];
}

/** A provision as if it were in sight, with what is meant of it chosen. */
function caseOf(act: Act, at: Case, one: FarCase): Case {
  return {
    provision: one.provision,
    status: one.status,
    moves: one.moves,
    placed: act === "placed" ? at.placed : one.placed, // all go where the one in sight goes
    seen: one.seen,
    package: null,
    chosen: chosenIn(act, at, one.wordings),
    picked: [],
    span: null,
    bracket: null,
    fork: null,
  };
}

function chosenIn(act: Act, at: Case, wordings: readonly Far[]): Wording[] {
  if (at.chosen.length === 0) return wordings.filter(ALL[act] ?? (() => false)).map(near);
  const whose = new Set(at.chosen.flatMap((one) => one.codes));
  const base = at.chosen.some((one) => one.isBase);
  return wordings.flatMap((one) => {
    if (one.isBase && base) return [near(one)];
    const codes = one.codes.filter((code) => whose.has(code));
    return codes.length > 0 ? [near({ ...one, codes, asked: one.asked.filter((c) => whose.has(c)) })] : [];
  });
}

function near(one: Far): Wording {
  return { ...one, number: one.isBase ? 0 : 1, code: one.codes[0] ?? "", added: false, change: "" };
}
