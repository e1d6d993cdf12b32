// The checksum of a text, equal to the server's: CRC-32 of its canonical JSON.
//
// - Canonical: keys sorted, no spaces, UTF-8, every attribute there. `drafting/steps` writes the same.

import type { Node } from "prosemirror-model";

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const utf8 = new TextEncoder();
const known = new WeakMap<Node, string>(); // most pieces outlast a change

export function checksum(doc: Node): number {
  return crc32(utf8.encode(canonicalOf(doc)));
}

/** `canonical(node.toJSON())`, made only where it is new. */
function canonicalOf(node: Node): string {
  const before = known.get(node);
  if (before !== undefined) return before;
  const made = canonicalPiece(node);
  known.set(node, made);
  return made;
}

/** A block has no marks. */
function canonicalPiece(node: Node): string {
  if (node.childCount === 0) return canonical(node.toJSON());
  const attrs = Object.keys(node.attrs).length > 0 ? `"attrs":${canonical(node.attrs)},` : "";
  return `{${attrs}"content":[${node.children.map(canonicalOf).join(",")}],"type":"${node.type.name}"}`;
}

export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`);
  return `{${pairs.join(",")}}`;
}

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
