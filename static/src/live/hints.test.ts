import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "./hints.ts";

test("a paper's hint is read", () => {
  const text = '{"kind":"paper","id":4,"state":"working","progress":40}';
  assert.deepEqual(decode(text), { kind: "paper", id: 4, state: "working", progress: 40 });
});

test("an event of the draft says only that it has changed", () => {
  assert.deepEqual(decode('{"kind":"revision.issued","seq":12}'), { kind: "changed", seq: 12 });
});

test("what is not understood is nothing", () => {
  for (const text of ["", "null", "[]", "7", "{}", '{"kind":"paper","id":-1,"state":"x"}']) {
    assert.equal(decode(text), null, text);
  }
});
