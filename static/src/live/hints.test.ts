import assert from "node:assert/strict";
import { test } from "node:test";
import { decode } from "./hints.ts";

test("a paper's hint is read", () => {
  const text = '{"kind":"paper","id":4,"state":"working","progress":40}';
  assert.deepEqual(decode(text), { kind: "paper", id: 4, state: "working", progress: 40 });
});

test("an event of the draft says what happened and where in the log", () => {
  const hint = { kind: "happened", what: "revision.issued", seq: 12 };
  assert.deepEqual(decode('{"kind":"revision.issued","seq":12}'), hint);
});

test("what is not understood is nothing", () => {
  for (const text of ["", "null", "[]", "7", "{}", '{"kind":"paper","id":-1,"state":"x"}']) {
    assert.equal(decode(text), null, text);
  }
});
