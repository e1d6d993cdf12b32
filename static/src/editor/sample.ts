// Texts for the tests of the editor, and chance that can be played again.

import { Node } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { schema } from "../writing/schema.ts";

export interface Chance {
  below(limit: number): number;
  of<T>(choices: readonly T[]): T;
}

/** Mulberry32: small, and the same everywhere. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    of: (choices) => {
      const chosen = choices[below(choices.length)];
      if (chosen === undefined) throw new Error("There is nothing to choose from.");
      return chosen;
    },
  };
}

const PIECE = /\{(\+|-)(\w+):([^}]*)\}|\[(\w*)\||\|(\w*)\]|[^{[|]+/g;

/** A text from short notation: one paragraph a line, "a) words", `{+ISL:inserted}`,
 * `{-NRT:struck}`, `[b1|between brackets|b1]`. */
export function text(notation: string): Node {
  let changes = 0;
  const paragraphs = notation.split("\n").map((line) => {
    const [, label = null, words = ""] = /^(?:(\w+\)|\d+)\t)?(.*)$/u.exec(line) ?? [];
    const pieces = [...words.matchAll(PIECE)].map(([all, sign, source, inner, open, close]) => {
      if (open !== undefined) return schema.node("bracket_open", { id: open });
      if (close !== undefined) return schema.node("bracket_close", { id: close });
      if (sign === undefined) return schema.text(all);
      const kind = sign === "+" ? "insertion" : "deletion";
      return schema.text(inner ?? "", [schema.mark(kind, { id: `x-${changes++}`, source })]);
    });
    return schema.node("paragraph", { label, level: 1 }, pieces);
  });
  return schema.node("doc", null, paragraphs);
}

/** The notation of a text; what `text` reads. */
export function notation(doc: Node): string {
  const lines: string[] = [];
  doc.forEach((paragraph) => {
    const label: unknown = paragraph.attrs["label"];
    let line = typeof label === "string" ? `${label}\t` : "";
    let inner = "";
    let before = "";
    const flush = (): void => {
      line += before && inner ? `{${before}:${inner}}` : inner;
      inner = "";
    };
    paragraph.forEach((node) => {
      const changes = node.marks.filter((mark) => ["insertion", "deletion"].includes(mark.type.name));
      const sign = changes
        .map((mark) => `${mark.type.name === "insertion" ? "+" : "-"}${String(mark.attrs["source"])}`)
        .join("");
      if (sign !== before) flush();
      before = sign;
      inner += shown(node);
    });
    flush();
    lines.push(line);
  });
  return lines.join("\n");
}

function shown(node: Node): string {
  const id = String(node.attrs["id"] ?? "");
  if (node.type.name === "bracket_open") return `[${id}|`;
  if (node.type.name === "bracket_close") return `|${id}]`;
  return node.text ?? "";
}

/** An editor's state with this selection. */
export function stateOf(doc: Node, from = 1, to = from): EditorState {
  return EditorState.create({ doc, selection: TextSelection.create(doc, from, to) });
}

const WORDS = ["gauges", "all ", "of ", "é", "海", "🌊", "without delay", " ", "and, ", "1"];
const SOURCES = ["KES", "ISL", "NRT"];

/** A text with several paragraphs, pending changes of three sources, formats and brackets. */
export function anyText(lot: Chance): Node {
  const paragraphs = Array.from({ length: 1 + lot.below(3) }, () => {
    const pieces = Array.from({ length: lot.below(7) }, (_, place) => anyPiece(lot, place));
    const label = lot.of([null, "a)", "2"]);
    return schema.node("paragraph", { label, level: lot.below(3) }, pieces);
  });
  return Node.fromJSON(schema, schema.node("doc", null, paragraphs).toJSON());
}

function anyPiece(lot: Chance, place: number): Node {
  const marks = lot.below(2) === 0 ? [] : [anyChange(lot, place)];
  const kind = lot.below(8);
  if (kind === 0) return schema.node("bracket_open", { id: `b${lot.below(3)}` }, [], marks);
  if (kind === 1) return schema.node("bracket_close", { id: `b${lot.below(3)}` }, [], marks);
  const formats = lot.below(3) === 0 ? [schema.mark(lot.of(["em", "strong", "sup"]))] : [];
  const more = lot.below(4) === 0 ? anyChange(lot, place + 10).addToSet(marks) : marks;
  const all = formats.reduce((set, mark) => mark.addToSet(set), more);
  return schema.text(lot.of(WORDS), all);
}

function anyChange(lot: Chance, place: number): ReturnType<typeof schema.mark> {
  const id = lot.of([`x-${place}`, `mine-${place}`]);
  return schema.mark(lot.of(["insertion", "deletion"]), { id, source: lot.of(SOURCES) });
}
