// A wording as one typed it, made fit to be an option of its own.
//
// - One's own pending changes are taken as done; those of others are left out.
// - Notes stay with the text they were made on. A bracket whose other end is elsewhere goes; the others
//   get ids of their own, so that lifting one leaves the other.

import { Fragment, type Mark, type Node } from "prosemirror-model";

const FORMATS = ["em", "strong", "sup", "sub", "underline"];

/** `source`: whose pending changes are one's own. The label of the first line is left to the place. */
export function ownWording(doc: Node, source: string, newId: () => string): Node {
  const whole = brackets(doc);
  const ids = new Map([...whole].map((id) => [id, newId()]));
  const lines: Node[] = [];
  doc.forEach((line) => {
    const pieces: Node[] = [];
    line.forEach((node) => pieces.push(...piece(node, source, ids)));
    lines.push(line.copy(Fragment.fromArray(pieces)));
  });
  return doc.copy(Fragment.fromArray(lines));
}

function piece(node: Node, source: string, ids: ReadonlyMap<string, string>): Node[] {
  if (!stays(node.marks, source) || node.type.name === "footnote_ref") return [];
  if (node.isText) return [node.mark(node.marks.filter(({ type }) => FORMATS.includes(type.name)))];
  const id = ids.get(String(node.attrs["id"]));
  return id === undefined ? [] : [node.type.create({ ...node.attrs, id })];
}

/** Words that others ask for are not in it; words that oneself strikes neither. */
function stays(marks: readonly Mark[], source: string): boolean {
  const sources = (kind: string): unknown[] =>
    marks.flatMap(({ type, attrs }) => (type.name === kind ? [attrs["source"]] : []));
  const asked = sources("insertion");
  return !sources("deletion").includes(source) && (asked.length === 0 || asked.includes(source));
}

/** The ids of the brackets that have both ends here. */
function brackets(doc: Node): Set<string> {
  const found = { bracket_open: new Set<string>(), bracket_close: new Set<string>() };
  doc.descendants((node) => {
    const { name } = node.type;
    if (name === "bracket_open" || name === "bracket_close") found[name].add(String(node.attrs["id"]));
  });
  return new Set([...found.bracket_open].filter((id) => found.bracket_close.has(id)));
}
