// The schema of an option's text: the one file that the server loads too, and how each piece looks.

import { Node, Schema, type MarkSpec, type NodeSpec, type DOMOutputSpec } from "prosemirror-model";
import { Step } from "prosemirror-transform";
import shared from "../../../drafting/domain/schema.json" with { type: "json" };

export type Json = Readonly<Record<string, unknown>>;

const nodeLooks: Readonly<Record<string, NodeSpec>> = {
  paragraph: {
    parseDOM: [
      {
        tag: "p",
        getAttrs: (dom) => ({
          label: dom.dataset["label"] ?? null,
          level: levelOf(dom.dataset["level"]),
        }),
      },
    ],
    toDOM: (node): DOMOutputSpec => [
      "p",
      {
        "data-level": String(node.attrs["level"]),
        ...(node.attrs["label"] === null ? {} : { "data-label": String(node.attrs["label"]) }),
      },
      0,
    ],
  },
  bracket_open: {
    leafText: () => "[",
    toDOM: (node): DOMOutputSpec => [
      "b",
      {
        class: "br",
        "data-open": String(node.attrs["id"]),
        "data-kind": String(node.attrs["kind"]),
        ...(node.attrs["before_label"] ? { "data-before-label": "" } : {}),
      },
      "[",
    ],
    parseDOM: [
      {
        tag: "b[data-open]",
        getAttrs: (dom) => ({
          id: dom.dataset["open"] ?? "",
          kind: dom.dataset["kind"] ?? "contested",
          before_label: dom.dataset["beforeLabel"] !== undefined,
        }),
      },
    ],
  },
  bracket_close: {
    leafText: () => "]",
    toDOM: (node): DOMOutputSpec => ["b", { class: "br", "data-close": String(node.attrs["id"]) }, "]"],
    parseDOM: [{ tag: "b[data-close]", getAttrs: (dom) => ({ id: dom.dataset["close"] ?? "" }) }],
  },
  footnote_ref: {
    leafText: () => "",
    toDOM: (node): DOMOutputSpec => ["sup", { class: "fn", "data-note": String(node.attrs["id"]) }, "*"],
    parseDOM: [
      { tag: "sup[data-note]", priority: 60, getAttrs: (dom) => ({ id: dom.dataset["note"] ?? "" }) },
    ],
  },
};

const markLooks: Readonly<Record<string, MarkSpec>> = {
  em: { toDOM: () => ["em", 0], parseDOM: [{ tag: "em" }, { tag: "i" }] },
  strong: { toDOM: () => ["strong", 0], parseDOM: [{ tag: "strong" }, { tag: "b" }] },
  sup: { toDOM: () => ["sup", 0], parseDOM: [{ tag: "sup" }] },
  sub: { toDOM: () => ["sub", 0], parseDOM: [{ tag: "sub" }] },
  underline: { toDOM: () => ["u", 0], parseDOM: [{ tag: "u" }] },
  insertion: { toDOM: (mark) => ["ins", change(mark.attrs), 0] },
  deletion: { toDOM: (mark) => ["del", change(mark.attrs), 0] },
  note: { toDOM: (mark) => ["span", { class: "noted", "data-note": String(mark.attrs["id"]) }, 0] },
};

function change(attrs: Json): Record<string, string> {
  return { "data-change": String(attrs["id"]), "data-source": String(attrs["source"]) };
}

function levelOf(told: string | undefined): number {
  const level = Number(told ?? 1);
  return Number.isInteger(level) && level >= 0 && level <= 4 ? level : 1;
}

function dressed<Spec extends object>(
  plain: Readonly<Record<string, Spec>>,
  looks: Readonly<Record<string, Spec>>,
): Record<string, Spec> {
  const all = Object.entries(plain).map(([name, spec]) => [name, { ...spec, ...looks[name] }] as const);
  return Object.fromEntries(all);
}

const nodes: Readonly<Record<string, NodeSpec>> = shared.nodes;
const marks: Readonly<Record<string, MarkSpec>> = shared.marks;

export const schema = new Schema({
  nodes: dressed(nodes, nodeLooks),
  marks: dressed(marks, markLooks),
});

/** The document of a content from the server. Throws RangeError on what the schema forbids. */
export function docFrom(content: unknown): Node {
  const doc = Node.fromJSON(schema, content);
  doc.check();
  return doc;
}

/** Throws RangeError on what is no step. */
export function stepFrom(json: unknown): Step {
  return Step.fromJSON(schema, json);
}
