// Which acts what is chosen suggests: the first is told without being asked, the first few stand in
// front where there is no room for all.

import { wishOf, type Act, type Case } from "./deeds.ts";

/** The act whose effect is told without being asked. */
export function suggested(at: Case, may: ReadonlySet<string>): Act | null {
  const asks = at.chosen.some((one) => one.asked.length > 0 && one.options.length === 0);
  const order: readonly (readonly [Act, boolean])[] = [
    ["decide", at.fork !== null],
    ["agree", at.picked.length > 0 && at.chosen.length === 0],
    ["bracket", at.span !== null],
    ["lift", at.bracket !== null],
    ["take", asks],
    ["fold", at.chosen.length > 1 || (at.chosen[0]?.options.length ?? 0) > 1],
    ["choose", at.chosen.length === 1],
    ["position", at.chosen.length > 0 && !may.has("fold")],
  ];
  return order.find(([act, fits]) => fits && may.has(act))?.[0] ?? null;
}

/** Acts that make sense here, the likeliest first. */
export function fitting(at: Case, may: ReadonlySet<string>): readonly Act[] {
  const first = suggested(at, may);
  const others = likely(at).filter((act) => may.has(act) && act !== first && !("why" in wishOf(act, at)));
  return first ? [first, ...others] : others;
}

function likely(at: Case): readonly Act[] {
  if (at.fork) return ["position", "ref", "agree"];
  if (at.picked.length > 0 && at.chosen.length === 0) return ["ref", "take", "fold", "lift", "package", "defer"];
  if (at.span) return ["position", "own"];
  if (at.bracket) return ["drop", "position"];
  if (at.chosen.some((one) => one.asked.length > 0)) return ["fold", "retain_not", "withdraw", "position"];
  if (at.chosen.length > 1) return ["both", "bracket", "own", "position"];
  if (at.chosen.length === 1) return ["position", "own", "bracket", "unfold", "withdraw", "retain_not"];
  return ["ref", "agree", "reopen", "position", "defer", "project"];
}
