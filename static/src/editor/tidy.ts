// Words that were typed are made fit to stand in a text: NFC, nothing that steers the line.
// Only what the transaction itself wrote is looked at; what others wrote is not ours to tidy. An accent
// that is typed behind a letter makes another letter, which is put in its place.

import { TextSelection, type EditorState, type Transaction } from "prosemirror-state";
import { ReplaceStep } from "prosemirror-transform";
import { cleanWords } from "./paste.ts";

/** Adds to `tr` what makes its words fit. */
export function tidy(tr: Transaction): Transaction {
  const found: { from: number; to: number; words: string }[] = [];
  for (const [from, to] of written(tr)) {
    tr.doc.nodesBetween(from, to, (node, pos) => {
      if (!node.isText) return;
      const start = Math.max(from, pos);
      const end = Math.min(to, pos + node.nodeSize);
      const said = (node.text ?? "").slice(start - pos, end - pos);
      const words = cleanWords(said);
      if (words !== said) found.push({ from: start, to: end, words });
    });
  }
  for (const { from, to, words } of found.reverse()) {
    const marks = tr.doc.nodeAt(from)?.marks;
    if (words === "") tr.delete(from, to);
    else tr.replaceWith(from, to, tr.doc.type.schema.text(words, marks));
  }
  return tr;
}

/** The transaction, or the one that puts the letter that both make in the place of letter and accent. */
export function withLetter(state: EditorState, tr: Transaction): Transaction {
  const [step] = tr.steps;
  if (tr.steps.length !== 1 || !(step instanceof ReplaceStep) || step.slice.openStart > 0) return tr;
  const typed = step.slice.content.firstChild;
  const before = state.doc.resolve(step.from).nodeBefore;
  const accents = /^\p{M}+/u.exec(typed?.text ?? "")?.[0];
  const letter = /\P{M}\p{M}*$/u.exec(before?.text ?? "")?.[0];
  if (!accents || !letter || !typed || step.slice.content.childCount !== 1) return tr;
  const words = `${letter}${typed.text ?? ""}`;
  const composed = words.normalize("NFC");
  if (composed === words) return tr;
  const start = step.from - letter.length;
  const out = state.tr.replaceWith(start, step.to, state.schema.text(composed, before?.marks));
  return out.setSelection(TextSelection.create(out.doc, start + composed.length)).scrollIntoView();
}

/** The ranges of the new text that the transaction put there. */
function written(tr: Transaction): [number, number][] {
  const ranges: [number, number][] = [];
  tr.mapping.maps.forEach((map, index) => {
    const later = tr.mapping.slice(index + 1);
    map.forEach((_from, _to, from, to) => {
      if (to > from) ranges.push([later.map(from, 1), later.map(to, -1)]);
    });
  });
  return ranges;
}
