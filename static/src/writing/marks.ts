// Puts marks right: from a document to one with the same words and markers, without moving anything.

import type { Mark, Node } from "prosemirror-model";
import { Mark as Marks } from "prosemirror-model";
import { AddMarkStep, RemoveMarkStep, type Step } from "prosemirror-transform";

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly Mark[];
}

/** The steps that give the pieces of `doc` the marks they have in `wanted`. */
export function remarked(doc: Node, wanted: Node): Step[] {
  if (doc.eq(wanted)) return [];
  const want = pieces(wanted);
  return pieces(doc).flatMap((piece) => want.flatMap((other) => changed(piece, other)));
}

function pieces(doc: Node): Piece[] {
  const out: Piece[] = [];
  doc.descendants((node, from) => {
    if (node.isInline) out.push({ from, to: from + node.nodeSize, marks: node.marks });
  });
  return out;
}

/** All marks off and on again where two pieces overlap and differ: so their order is right too. */
function changed(has: Piece, wants: Piece): Step[] {
  const [from, to] = [Math.max(has.from, wants.from), Math.min(has.to, wants.to)];
  if (from >= to || Marks.sameSet(has.marks, wants.marks)) return [];
  return [
    ...has.marks.map((mark) => new RemoveMarkStep(from, to, mark)),
    ...wants.marks.map((mark) => new AddMarkStep(from, to, mark)),
  ];
}
