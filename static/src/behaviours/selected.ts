// Pending changes that are selected, where one writes or on the page.

import { all } from "../dom.ts";
import { chosen } from "./chosen.ts";
import { mayAccept, mayReject } from "./own.ts";
import { written } from "./write.ts";

export interface Selected {
  readonly id: string;
  readonly source: string;
}

export function selectedChanges(): Selected[] {
  const here = written();
  if (here) {
    const { doc, selection } = here.editor.view.state;
    return here.bench.changesIn(doc, selection.from, selection.to).map(({ attrs }) => {
      return { id: String(attrs["id"]), source: String(attrs["source"]) };
    });
  }
  const range = chosen()?.range;
  const pieces = range ? all("[data-c]").filter((piece) => range.intersectsNode(piece)) : [];
  return pieces.flatMap((piece) => (piece.dataset["c"] ?? "").split(" ")).map((told) => {
    const [id = "", , source = ""] = told.split("/");
    return { id, source: decodeURIComponent(source) };
  });
}

export function selectedIds(): string[] {
  return [...new Set(selectedChanges().map(({ id }) => id))];
}

/** Whether one may do to all that is selected what the deed says. */
export function maySettle(deed: string): boolean {
  const changes = selectedChanges();
  if (changes.length === 0) return false;
  return deed === "accept" ? mayAccept() : changes.every(({ source }) => mayReject(source));
}
