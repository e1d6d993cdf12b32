// What a desk makes of work that finds no place, and of work from a time without a line.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "./schema.ts";
import { refused, withBatch, writing } from "./trial/beginnings.ts";
import { deleted, inserted, ME, Table, words } from "./trial/table.ts";

const LONG = 11 * 60_000;

// --- What could not be placed --------------------------------------------------------------------------

for (const code of ["locked", "gone", "forbidden", "invalid", "too_old"] as const) {
  test(`what is refused as ${code} goes to the tray, and the text is the confirmed one`, async () => {
    const { table, handle } = await withBatch();
    handle.change([inserted("very ", 1)], "");
    table.hear(refused(table.sent.mid, code));
    assert.equal(words(handle.doc), "lamps");
    assert.equal(table.desk.tray.map((entry) => entry.words).join("|"), "old |very ");
    assert.deepEqual(new Set(table.desk.tray.map(({ why }) => why)), new Set([code]));
    assert.equal(table.desk.tray[0]?.reason, `It is ${code}.`);
    await table.rest(20_000);
    assert.equal(table.commits.length, 1, "it is not sent again by itself");
  });
}

test("the tray outlasts the page until it is let go", async () => {
  const { table } = await withBatch();
  table.hear(refused(table.sent.mid, "locked"));
  await table.rest();
  table.reload();
  assert.deepEqual(table.desk.tray.map((entry) => entry.words), ["old "]);
  table.desk.letGo(table.desk.tray[0]?.id ?? "");
  await table.rest();
  table.reload();
  assert.deepEqual(table.desk.tray, []);
});

test("unsent words that a deletion swallowed go to the tray", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("XY", 3)], "");
  table.theirs(deleted(1, 6));
  assert.equal(words(handle.doc), "");
  assert.deepEqual(table.desk.tray.map(({ words, why }) => [words, why]), [["XY", "swallowed"]]);
});

test("words that somebody wrote in what one deletes meanwhile go to the tray", async () => {
  const { table, handle } = await writing();
  handle.change([deleted(1, 6)], "");
  await table.rest();
  table.theirs(inserted("XY", 3));
  assert.equal(words(handle.doc), "");
  const key = table.sent.items[0]?.key ?? "";
  table.hear(table.event(ME, table.sent.mid, [deleted(1, 8)], [key]));
  assert.deepEqual(table.desk.tray.map(({ words, why }) => [words, why]), [["XY", "overrun"]]);
});

test("a refused batch that lands after all, by another copy, leaves the tray", async () => {
  const { table, handle } = await withBatch();
  table.hear(refused(table.sent.mid, "locked"));
  table.hear(table.takes(table.sent).event);
  assert.equal(words(handle.doc), "old lamps");
  assert.deepEqual(table.desk.tray, []);
});

test("what a refused deletion takes, when it lands after all, is in the tray", async () => {
  const { table, handle } = await writing();
  handle.change([deleted(1, 3)], "");
  await table.rest();
  const { mid, items } = table.sent;
  table.hear(refused(mid, "locked"));
  table.theirs(inserted("XY", 2));
  table.hear(table.event(ME, mid, [deleted(1, 5)], [items[0]?.key ?? ""]));
  assert.equal(words(handle.doc), "mps");
  assert.deepEqual(table.desk.tray.map(({ words, why }) => [words, why]), [["", "locked"], ["lXYa", "overrun"]]);
});

test("an option that becomes “delete” gives its words back", async () => {
  const { table, handle } = await withBatch();
  const { version, doc } = handle;
  const said = { option: "o1", provision: "p1", version, content: doc.toJSON() as Json, closed: null };
  table.hear({ t: "text", seq: table.desk.seq, kind: "delete", ...said });
  table.hear(refused(1, "invalid"));
  assert.deepEqual([handle.wordless, handle.gone], [true, false]);
  assert.deepEqual(table.desk.tray.map(({ words }) => words), ["old "]);
});

test("an option that is gone gives its words back", async () => {
  const { table, handle } = await withBatch();
  table.seq += 1;
  const data = { provisions: ["p1"], options: [], removed: ["o1"] };
  table.hear({ t: "event", seq: table.seq, kind: "option.removed", by: "", for: "", at: "", client: null, mid: null, data });
  assert.equal(handle.gone, true);
  assert.deepEqual(table.desk.tray.map(({ words, why }) => [words, why]), [["old ", "gone"]]);
});

test("a provision that is closed is read again, and tells why", async () => {
  const { table, handle } = await writing();
  table.seq += 1;
  const data = { provisions: ["p1"], options: [], removed: [] };
  table.hear({ t: "event", seq: table.seq, kind: "provision.status", by: "", for: "", at: "", client: null, mid: null, data });
  table.text(true);
  assert.equal(handle.closed?.status, "agreed");
});

// --- Away ------------------------------------------------------------------------------------------------

test("work of a few minutes without a line is sent on return, set on what came meanwhile", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  assert.deepEqual(table.desk.saying, { kind: "offline", unsent: 1, isKept: false });
  await table.desk.keep();
  assert.deepEqual(table.desk.saying, { kind: "offline", unsent: 1, isKept: true });
  await table.rest(60_000);
  const missed = table.event("other", 1, [inserted("new ", 1)]);
  table.welcome();
  table.hear(missed);
  await table.rest();
  const [key = ""] = table.sent.items.map((item) => item.key);
  table.hear(table.event(ME, table.sent.mid, [inserted("old ", 5)], [key]));
  assert.deepEqual([words(handle.doc), table.desk.saying.kind], ["new old lamps", "saved"]);
});

test("what was missed is let in at once, when all of it is here", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  const missed = [1, 2, 3].map((mid) => table.event("other", mid, [inserted("new ", 1)]));
  table.welcome();
  let times = 0;
  handle.onRemote(() => times++);
  for (const event of missed) table.hear(event);
  assert.deepEqual([times, words(handle.doc)], [1, "new new new old lamps"]);
  await table.rest();
  assert.equal(table.sent.base, 3, "it is made on the newest text");
});

test("work of a long absence is held until the person says so", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  await table.rest(LONG);
  const told: string[] = [];
  handle.onChange(({ standing }) => told.push(standing));
  table.welcome();
  await table.rest(10_000);
  assert.deepEqual(told, ["held"]);
  assert.deepEqual([table.commits.length, handle.standing, table.desk.held], [0, "held", ["o1"]]);
  handle.send();
  await table.rest();
  assert.equal(table.commits.length, 1);
});

test("work of a closed browser is held; of a page that is loaded again it is sent", async () => {
  for (const sameTab of [true, false]) {
    const { table, handle } = await writing();
    table.desk.down();
    handle.change([inserted("old ", 1)], "");
    await table.rest();
    table.reload(sameTab);
    table.welcome();
    await table.rest();
    assert.equal(table.commits.length, sameTab ? 1 : 0);
    assert.equal((await table.desk.open("o1")).standing, sameTab ? "in flight" : "held");
  }
});

test("a number that was taken is never given again, whatever this machine still knows", async () => {
  const { table, handle } = await writing();
  table.reload(); // with a record from before all that was sent
  table.welcome(500);
  const again = await table.open();
  again.change([inserted("old ", 1)], "");
  await table.rest();
  assert.equal(table.sent.mid, 501);
  handle.close();
});

test("held work that is put aside goes to the tray", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  await table.rest(LONG);
  table.welcome();
  handle.putAside();
  assert.deepEqual(table.desk.tray.map(({ words, why }) => [words, why]), [["old ", "put_aside"]]);
  assert.equal(words(handle.doc), "lamps");
});

test("a held batch that was on its way is withdrawn under its own mid, and counts if it had landed", async () => {
  for (const landed of [true, false]) {
    const { table, handle } = await withBatch();
    const first = table.sent;
    table.desk.down();
    await table.rest(LONG);
    table.welcome();
    handle.putAside();
    assert.equal(table.sent.mid, first.mid);
    assert.notDeepEqual(table.sent.items, first.items);
    table.hear(table.takes(landed ? first : table.sent).event);
    assert.equal(words(handle.doc), landed ? "old lamps" : "lamps");
    assert.deepEqual(table.desk.tray.map((entry) => entry.words), landed ? [] : ["old "]);
  }
});

test("the events since the text that is kept are asked for, not only those since the page", async () => {
  const { table } = await withBatch();
  await table.rest();
  const missed = table.event("other", 1, [inserted("new ", 1)]);
  table.reload();
  assert.equal(table.desk.hello().seq, 0);
  table.welcome();
  table.hear(missed);
  assert.equal(words((await table.desk.open("o1")).doc), "new old lamps");
});

test("after too much was missed, a receipt tells whether the batch is in the text fetched afresh", async () => {
  for (const landed of [true, false]) {
    const { table } = await withBatch();
    const first = table.sent;
    const { ack } = landed ? table.takes(first) : { ack: null };
    table.event("other", 1, [inserted("new ", 1)]);
    table.hear({ t: "resync", reason: "behind" });
    await table.rest();
    table.reload();
    table.welcome();
    table.text();
    const handle = await table.desk.open("o1");
    assert.equal(words(handle.doc), "old lamps", "it waits");
    assert.deepEqual(table.sent, first);
    if (ack) table.hear(ack);
    else {
      const step = { key: `${first.mid}-0`, step: inserted("old ", 5).toJSON() };
      const late = table.takes({ ...first, items: [step] });
      table.hear(late.ack);
      table.hear(late.event);
    }
    assert.equal(words(handle.doc), "new old lamps");
    assert.equal(handle.standing, "settled");
  }
});

test("nothing is sent before it is kept", async () => {
  const { table } = await withBatch();
  assert.equal(table.kept.options[0]?.flight?.mid, table.sent.mid);
  assert.ok(table.kept.mid > table.sent.mid);
});

test("what an earlier release kept and this one cannot read is in the tray, and one can write", async () => {
  const { table } = await withBatch();
  const [option] = table.kept.options;
  assert.ok(option);
  const odd = { ...table.kept, options: [{ ...option, content: { type: "doc", content: [{ type: "table" }] } }] };
  const later = new Table(odd);
  assert.deepEqual(later.desk.tray.map((entry) => entry.words), ["old "]);
  later.welcome();
  assert.equal((await later.open()).standing, "settled");
});

test("a caret is told as a place in the confirmed text, and shown where that has gone", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("old ", 1)], "");
  table.desk.presence({ option: "o1", anchor: 7, head: 3, forWhom: "", typing: true });
  const told = table.said.findLast(({ t }) => t === "presence");
  assert.deepEqual(told, { t: "presence", option: "o1", version: 0, anchor: 3, head: 1, for: "", typing: true });
  const there = { sid: "x", name: "", part: "", for: "", option: "o1", version: 0, anchor: 3, head: 3, typing: false };
  assert.deepEqual(handle.caretOf(there), { anchor: 7, head: 7 });
  table.theirs(inserted("new ", 1));
  assert.deepEqual(handle.caretOf(there), { anchor: 11, head: 11 });
});
