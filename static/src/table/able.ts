// Which acts can be done on what is chosen. The others are drawn back: one sees what can be done
// before one asks. They are not dead: pressed, they say what they want.

import { all } from "../dom.ts";
import { wishOf, type Act, type Case } from "./deeds.ts";
import { undoWish } from "./done.ts";

/** Of many provisions that are chosen in the index nothing is known before it is asked. */
export function draw(at: Case): void {
  for (const button of all("#cmd [data-act]")) {
    const act = button.dataset["act"] as Act | "undo";
    const can = act === "undo" ? !("why" in undoWish()) : at.picked.length > 0 || !("why" in wishOf(act, at));
    if (can) button.removeAttribute("aria-disabled");
    else button.setAttribute("aria-disabled", "true");
  }
}
