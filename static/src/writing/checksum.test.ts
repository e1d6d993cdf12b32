import assert from "node:assert/strict";
import { test } from "node:test";
import { canonical, checksum, crc32 } from "./checksum.ts";
import { docFrom } from "./schema.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test("a checksum is CRC-32 as everybody reckons it", () => {
  assert.equal(crc32(bytes("123456789")), 0xcbf43926);
});

test("canonical JSON has sorted keys, no spaces, and letters as they are", () => {
  assert.equal(canonical({ b: [1, "é\n"], a: { d: null, c: true } }), '{"a":{"c":true,"d":null},"b":[1,"é\\n"]}');
});

test("a text has the checksum that the server writes", () => {
  const doc = docFrom({
    type: "doc",
    content: [
      {
        type: "paragraph",
        attrs: { label: "a)", level: 1 },
        content: [
          { type: "text", text: "that “lamps” " },
          { type: "bracket_open", attrs: { id: "b1", kind: "contested", before_label: false } },
          { type: "text", marks: [{ type: "em" }, { type: "insertion", attrs: { id: "i1", source: "KES/75/4" } }], text: "灯 𠀀" },
        ],
      },
      { type: "paragraph", attrs: { label: null, level: 2 } },
    ],
  });
  assert.equal(checksum(doc), crc32(bytes(canonical(doc.toJSON()))));
  assert.equal(checksum(doc), SUM);
});

// What `drafting.steps.checksum` says of the same document.
const SUM = 4089014673;
