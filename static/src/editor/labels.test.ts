import assert from "node:assert/strict";
import { test } from "node:test";
import { nextLabel, typedLabel } from "./labels.ts";

test("the next label of a list", () => {
  const wanted: ReadonlyArray<readonly [string | null, boolean, string | null]> = [
    ["a)", false, "b)"],
    ["h)", false, "i)"],
    ["i)", false, "j)"],
    ["i)", true, "ii)"],
    ["ii)", false, "iii)"],
    ["z)", false, "aa)"],
    ["2", false, "3"],
    ["2bis", false, "3"],
    ["(b)", false, "(c)"],
    ["§", false, null],
    [null, false, null],
  ];
  for (const [label, roman, next] of wanted) assert.equal(nextLabel(label, roman), next, String(label));
});

test("a figure is a label only before a tab", () => {
  assert.deepEqual(typedLabel("2\tto keep"), { label: "2", length: 2 });
  assert.equal(typedLabel("2 gauges"), null);
  assert.deepEqual(typedLabel("b) that"), { label: "b)", length: 3 });
});
