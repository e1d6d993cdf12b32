import assert from "node:assert/strict";
import { test } from "node:test";

import { lineFrom, linesOf } from "./progress.ts";

function streamOf(...pieces: string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
}

async function read(...pieces: string[]): Promise<string[]> {
  const out: string[] = [];
  for await (const line of linesOf(streamOf(...pieces))) out.push(line);
  return out;
}

test("a line is given once it is whole, however it was cut on its way", async () => {
  assert.deepEqual(await read('{"a"', ":1}\n{", '"b":2}\n'), ['{"a":1}', '{"b":2}']);
});

test("the last line counts without a line feed", async () => {
  assert.deepEqual(await read("one\ntwo"), ["one", "two"]);
});

test("a line says how far it is, where to go, or why not", () => {
  assert.deepEqual(lineFrom('{"percent":40,"doing":"Writing."}'), {
    kind: "going",
    percent: 40,
    doing: "Writing.",
  });
  assert.deepEqual(lineFrom('{"go":"/there/"}'), { kind: "go", address: "/there/" });
  assert.deepEqual(lineFrom('{"refused":"No."}'), { kind: "refused", sentence: "No." });
});

test("what is no line is none", () => {
  for (const words of ["", "null", "1", "{}", '{"percent":"4","doing":1}', "<html>"]) {
    assert.equal(lineFrom(words), null);
  }
});
