// A paragraph in the editor looks as it does on the page: its label in a column, its words beside.

import type { Node } from "prosemirror-model";
import type { NodeView, NodeViewConstructor } from "prosemirror-view";

/** What the page shows in the cell of a label, with what the base said; null where it shows
 * another label by now. */
export type LabelCell = (label: string) => readonly globalThis.Node[] | null;

/** How the paragraphs of an option are drawn: items have a column for labels, the rest has none. */
export function lines(hasLabels: boolean, cell: LabelCell): NodeViewConstructor {
  return (node) => new Line(node, hasLabels, cell);
}

class Line implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly label: HTMLElement | null;
  private node: Node;
  private readonly hasLabels: boolean;
  private readonly cell: LabelCell;

  constructor(node: Node, hasLabels: boolean, cell: LabelCell) {
    this.node = node;
    this.hasLabels = hasLabels;
    this.cell = cell;
    this.contentDOM = document.createElement("p");
    this.label = isRow(node, hasLabels) ? document.createElement("span") : null;
    this.dom = this.label ? document.createElement("div") : this.contentDOM;
    if (this.label) {
      this.label.className = "lab";
      this.label.contentEditable = "false";
      this.dom.append(this.label, this.contentDOM);
    }
    this.draw();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    if (isRow(node, this.hasLabels) !== isRow(this.node, this.hasLabels)) return false;
    const changed = node.attrs !== this.node.attrs || isTakenIn(node) !== isTakenIn(this.node);
    this.node = node;
    if (changed) this.draw();
    return true;
  }

  ignoreMutation(mutation: { target: globalThis.Node; type: string }): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }

  private draw(): void {
    if (!this.label) return;
    const words = labelOf(this.node);
    const told = this.cell(words);
    this.label.replaceChildren(...(told ?? dressed(words, Number(this.node.attrs["level"]))));
    if (!isTakenIn(this.node)) for (const place of this.label.querySelectorAll(".ghost")) place.remove();
    const isWide = words.length > 3 || (this.label.querySelector("del + ins") !== null);
    this.dom.className = `row l${String(this.node.attrs["level"])}${isWide ? " x" : ""}`;
  }
}

function isRow(node: Node, hasLabels: boolean): boolean {
  return hasLabels && (labelOf(node) !== "" || Number(node.attrs["level"]) > 0);
}

/** Whether a bracket takes the label in. */
function isTakenIn({ firstChild }: Node): boolean {
  return firstChild?.type.name === "bracket_open" && firstChild.attrs["before_label"] === true;
}

function labelOf(node: Node): string {
  return typeof node.attrs["label"] === "string" ? node.attrs["label"] : "";
}

const SUFFIX = /^(.*[\d)])(bis|ter|quater|quinquies|alt)\b(.*)$/u;

/** Letters and *bis* are set in italics, figures and romans upright, as on the papers. */
function dressed(label: string, level: number): (globalThis.Node | string)[] {
  if (isLettered(label, level)) return italic(label);
  const [, before = "", suffix = "", rest = ""] = SUFFIX.exec(label) ?? [];
  return before ? [before, ...italic(suffix), rest] : [label];
}

/** Whether it counts in letters: "i)" does among the items, and is a roman below them. */
function isLettered(label: string, level: number): boolean {
  const letters = /^\(?([a-z]{1,3})[.)]?/iu.exec(label)?.[1];
  return letters !== undefined && (level <= 1 || !/^[ivx]+$/iu.test(letters));
}

function italic(words: string): HTMLElement[] {
  if (!words) return [];
  const element = document.createElement("i");
  element.textContent = words;
  return [element];
}
