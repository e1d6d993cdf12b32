// What is pasted keeps what the text knows, and nothing else.
//
// - Formats stay; other people's pending changes, notes and footnotes do not come along.
// - Words are NFC, without control characters or marks that turn the direction of what follows.
// - A square bracket becomes a marker; pairs within what is pasted stay pairs, under new ids.
// - A label typed before the words of a paragraph ("a)", "2" and a tab) becomes its label.

import { Fragment, Slice, type Mark, type Node, type Schema } from "prosemirror-model";
import { typedLabel } from "./labels.ts";
import { isFormat } from "./pending.ts";

// Everything in these ranges is meant: they are what must not get in.
// eslint-disable-next-line no-control-regex
const UNWANTED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u202a-\u202e\u2066-\u2069\ufeff\ufffc\ufffe\uffff]/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const BREAKS = /[\t\n\u2028\u2029]+/gu;

/** Words as they may stand in a text. */
export function cleanWords(words: string): string {
  return words
    .replaceAll(BREAKS, " ")
    .replaceAll(UNWANTED, "")
    .replaceAll(LONE_SURROGATE, "")
    .normalize("NFC");
}

/** The slice as it may stand in a text. */
export function cleaned(slice: Slice, newId: () => string): Slice {
  const renamed = renaming(newId);
  const paragraphs: Node[] = [];
  const loose: Node[] = [];
  slice.content.forEach((node, _offset, index) => {
    if (node.isTextblock) {
      const isOpen = index === 0 && slice.openStart > 0;
      paragraphs.push(paragraph(node, renamed, isOpen));
    } else loose.push(...inline(node, renamed));
  });
  const content = paragraphs.length > 0 ? paragraphs : loose;
  return new Slice(Fragment.fromArray(content), slice.openStart, slice.openEnd);
}

type Renaming = (old: string | null, opens: boolean) => string;

/** New ids for old ones; brackets typed as characters pair from the inside out. */
function renaming(newId: () => string): Renaming {
  const known = new Map<string, string>();
  const open: string[] = [];
  return (old, opens) => {
    if (old === null) {
      if (!opens) return open.pop() ?? newId();
      open.push(newId());
      return open.at(-1) ?? "";
    }
    const id = known.get(old) ?? newId();
    known.set(old, id);
    return id;
  };
}

function paragraph(node: Node, renamed: Renaming, isOpen: boolean): Node {
  const lead = node.firstChild?.isText ? (node.firstChild.text ?? "") : "";
  const typed = node.attrs["label"] === null && !isOpen ? typedLabel(lead) : null;
  const rest = typed ? node.content.cut(typed.length) : node.content;
  const pieces: Node[] = [];
  rest.forEach((child) => pieces.push(...inline(child, renamed)));
  const attrs = typed ? { ...node.attrs, label: typed.label } : node.attrs;
  return node.type.create(attrs, Fragment.fromArray(pieces));
}

function inline(node: Node, renamed: Renaming): Node[] {
  const { schema } = node.type;
  switch (node.type.name) {
    case "bracket_open":
      return [node.type.create({ ...node.attrs, id: renamed(String(node.attrs["id"]), true) })];
    case "bracket_close":
      return [node.type.create({ id: renamed(String(node.attrs["id"]), false) })];
    case "text":
      return words(schema, cleanWords(node.text ?? ""), node.marks.filter(isFormat), renamed);
    default:
      return [];
  }
}

function words(
  schema: Schema,
  said: string,
  formats: readonly Mark[],
  renamed: Renaming,
): Node[] {
  const parts = said.split(/([[\]])/u).filter((part) => part !== "");
  return parts.map((part) => {
    if (part === "[") return schema.node("bracket_open", { id: renamed(null, true) });
    if (part === "]") return schema.node("bracket_close", { id: renamed(null, false) });
    return schema.text(part, formats);
  });
}

/** Plain text as a slice: a line is a paragraph. */
export function plainSlice(schema: Schema, said: string): Slice {
  const lines = said.replaceAll("\r\n", "\n").split(/\n+/u);
  const nodes = lines.map((line) => schema.node("paragraph", null, line ? [schema.text(line)] : []));
  return Slice.maxOpen(Fragment.fromArray(nodes));
}

const TAB = /mso-tab-count/u;
const IGNORED = "style, script, meta, link, title, xml, o\\:p, [style*='mso-element:comment'], [style*='display:none']";

/** HTML as Word writes it, made simple: no hidden parts, tabs as tabs, styles as elements. */
export function simpler(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const one of page.querySelectorAll(IGNORED)) one.remove();
  for (const one of page.querySelectorAll("a[name]:empty, a[href^='#_msocom']")) one.remove();
  for (const one of page.querySelectorAll<HTMLElement>("[style]")) restyle(one);
  return page.body.innerHTML;
}

function restyle(element: HTMLElement): void {
  const style = element.getAttribute("style") ?? "";
  if (TAB.test(style)) {
    element.textContent = "\t";
    return;
  }
  const wanted = [
    [/font-weight:\s*(?:bold|[6-9]00)/u, "strong"],
    [/font-style:\s*italic/u, "em"],
    [/vertical-align:\s*super/u, "sup"],
    [/vertical-align:\s*sub/u, "sub"],
    [/text-decoration:[^;]*underline/u, "u"],
  ] as const;
  if (!element.matches("span, font")) return;
  for (const [look, name] of wanted) {
    if (!look.test(style)) continue;
    const inner = document.createElement(name);
    inner.append(...element.childNodes);
    element.append(inner);
  }
}
