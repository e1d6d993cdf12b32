import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, parsed } from "./preferences.ts";

test("what is not understood is at its default", () => {
  for (const text of [null, "", "{", "7", "null", '{"theme":"pink","options":3,"keys":"no"}']) {
    assert.deepEqual(parsed(text), DEFAULTS, String(text));
  }
});

test("what was chosen is kept", () => {
  const chosen = { theme: "dark", options: "side", spoken: true, keys: false } as const;
  assert.deepEqual(parsed(JSON.stringify(chosen)), chosen);
});
