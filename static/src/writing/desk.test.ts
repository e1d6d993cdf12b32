import assert from "node:assert/strict";
import { test } from "node:test";
import type { Json } from "./schema.ts";
import type { Told } from "../live/messages.ts";
import type { OptionHandle } from "./desk.ts";
import { deleted, inserted, ME, Table, words } from "./trial/table.ts";

const LONG = 11 * 60_000;

async function writing(): Promise<{ table: Table; handle: OptionHandle }> {
  const table = new Table();
  table.welcome();
  return { table, handle: await table.open() };
}

async function withBatch(): Promise<{ table: Table; handle: OptionHandle }> {
  const { table, handle } = await writing();
  handle.change([inserted("old ", 1)], "");
  await table.rest();
  return { table, handle };
}

const refused = (mid: number, code: "locked" | "gone" | "forbidden" | "invalid" | "too_old" | "busy"): Told => ({
  t: "refused",
  mid,
  code,
  reason: `It is ${code}.`,
});

test("a desk that finds everything saved says so, once", () => {
  const table = new Table();
  const said: string[] = [];
  table.desk.onSaying(({ kind }) => said.push(kind));
  table.welcome();
  table.hear({ t: "head", seq: table.desk.seq });
  assert.deepEqual(said, ["saved"]);
});

// --- Sending ---------------------------------------------------------------------------------------

test("typing is sent after a rest, and at once after a confirmation", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("a", 1)], "");
  await table.rest(200);
  assert.equal(table.commits.length, 0);
  await table.rest(100);
  assert.equal(table.commits.length, 1);
  handle.change([inserted("b", 2)], "");
  table.hear(table.takes(table.sent).event);
  await table.rest(10);
  assert.equal(table.commits.length, 2);
});

test("one batch is in flight an option", async () => {
  const { table, handle } = await withBatch();
  handle.change([inserted("x", 1)], "");
  await table.rest(2_000);
  assert.equal(new Set(table.commits.map(({ mid }) => mid)).size, 1);
  assert.equal(handle.standing, "in flight");
});

test("letters typed one by one travel as one step", async () => {
  const { table, handle } = await writing();
  [..."abc"].forEach((letter, i) => handle.change([inserted(letter, 1 + i)], ""));
  await table.rest();
  assert.equal(table.sent.items.length, 1);
  table.hear(table.takes(table.sent).event);
  assert.equal(words(handle.doc), "abclamps");
  assert.equal(handle.standing, "settled");
});

test("a batch is for one standing", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("a", 1)], "KES/75/4");
  handle.change([inserted("b", 2)], "VAL");
  await table.rest();
  assert.deepEqual([table.sent.for, table.sent.items.length], ["KES/75/4", 1]);
  table.hear(table.takes(table.sent).event);
  await table.rest(10);
  assert.equal(table.sent.for, "VAL");
});

test("a batch holds 200 steps at most", async () => {
  const { table, handle } = await writing();
  for (let i = 0; i < 250; i++) handle.change([inserted("x", 1)], "");
  await table.rest();
  assert.equal(table.sent.items.length, 200);
});

test("a step too large for any batch goes to the tray", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("x".repeat(70_000), 1)], "");
  await table.rest();
  assert.equal(table.commits.length, 0);
  assert.deepEqual(table.desk.tray.map(({ why, words }) => [why, words.length]), [["too_large", 70_000]]);
  assert.equal(words(handle.doc), "lamps");
});

// --- Sending again -----------------------------------------------------------------------------------

test("trap 8: a batch whose request was lost is sent again, under the same mid and keys", async () => {
  const { table } = await withBatch();
  await table.rest(5_000);
  assert.equal(table.commits.length, 2);
  assert.deepEqual(table.commits[1], table.commits[0]);
});

test("trap 8: a batch is sent again at once after the line was lost, before anything is caught up", async () => {
  const { table } = await withBatch();
  table.desk.down();
  table.seq = 7; // much has happened, and nothing of it is here
  table.welcome();
  assert.equal(table.commits.length, 2);
  assert.deepEqual(table.commits[1], table.commits[0]);
});

test("a batch that somebody has written before is sent again as it was", async () => {
  const { table } = await withBatch();
  table.theirs(inserted("new ", 1));
  table.desk.down();
  table.welcome();
  assert.deepEqual(table.commits[1], table.commits[0]);
});

test("mid grows over reloads", async () => {
  const { table, handle } = await withBatch();
  const { mid } = table.sent;
  table.hear(table.takes(table.sent).event);
  assert.equal(handle.standing, "settled");
  await table.rest();
  table.reload();
  table.welcome();
  const again = await table.open();
  again.change([inserted("z", 1)], "");
  await table.rest();
  assert.ok(table.sent.mid > mid);
});

test("busy is no answer: the batch is sent again", async () => {
  const { table, handle } = await withBatch();
  table.hear(refused(table.sent.mid, "busy"));
  await table.rest(5_000);
  assert.equal(table.commits.length, 2);
  assert.equal(handle.standing, "in flight");
});

// --- Coming back -------------------------------------------------------------------------------------

test("an own batch that comes back as it is here moves nothing", async () => {
  const { table, handle } = await withBatch();
  handle.onRemote(() => assert.fail("The document is the same."));
  table.hear(table.takes(table.sent).event);
  assert.equal(handle.version, 1);
});

test("an own batch that comes back as something else is taken as it came, the rest on top", async () => {
  const { table, handle } = await withBatch();
  handle.change([inserted("!", handle.doc.content.size - 1)], "");
  table.hear(table.event(ME, table.sent.mid, [inserted("OLD ", 6)], [table.sent.items[0]?.key ?? ""]));
  assert.equal(words(handle.doc), "lampsOLD !");
});

test("trap 10: an acknowledgement before the event waits for it", async () => {
  const { table, handle } = await withBatch();
  const { event, ack } = table.takes(table.sent);
  table.hear(ack);
  assert.equal(handle.standing, "in flight");
  table.hear(event);
  assert.equal(handle.standing, "settled");
  assert.equal(words(handle.doc), "old lamps");
});

test("trap 10: an acknowledgement after the event, or never, changes nothing", async () => {
  const { table, handle } = await withBatch();
  const { event, ack } = table.takes(table.sent);
  table.hear(event);
  assert.equal(handle.standing, "settled");
  table.hear(ack);
  assert.equal(handle.standing, "settled");
  await table.rest(20_000);
  assert.equal(table.commits.length, 1);
});

test("trap 10: an acknowledgement that overtakes another's event is right once that is here", async () => {
  const { table, handle } = await withBatch();
  const theirs = table.event("other", 1, [inserted("new ", 1)]);
  const { event, ack } = table.takes({ ...table.sent, items: [{ key: `${table.sent.mid}-0`, step: inserted("old ", 5).toJSON() }] });
  table.hear(ack);
  table.hear(event);
  assert.equal(words(handle.doc), "old lamps");
  table.hear(theirs);
  assert.equal(words(handle.doc), "new old lamps");
  assert.equal(handle.standing, "settled");
});

test("a batch of which nothing was placed is over with its receipt, once that is in turn", async () => {
  const { table, handle } = await withBatch();
  const theirs = table.event("other", 1, [deleted(1, 6)]);
  const { mid } = table.sent;
  table.hear({ t: "ack", mid, seq: table.seq, version: 1, keys: [], dropped: [`${mid}-0`], made: [] });
  assert.equal(handle.standing, "in flight");
  table.hear(theirs);
  assert.equal(handle.standing, "settled");
  assert.deepEqual(table.desk.tray.map((entry) => entry.words), ["old "]);
});

// --- In order ------------------------------------------------------------------------------------------

test("an event that comes early waits for the one before it", async () => {
  const { table, handle } = await writing();
  const [first, second] = [table.event("other", 1, [inserted("a", 1)]), table.event("other", 2, [inserted("b", 2)])];
  table.hear(second);
  assert.equal(words(handle.doc), "lamps");
  table.hear(first);
  assert.equal(words(handle.doc), "ablamps");
});

test("an event that is missing is asked for", async () => {
  const { table, handle } = await writing();
  const [first, second] = [table.event("other", 1, [inserted("a", 1)]), table.event("other", 2, [inserted("b", 2)])];
  table.hear(second);
  await table.rest(3_000);
  assert.deepEqual(table.said.findLast(({ t }) => t === "since"), { t: "since", seq: 0 });
  assert.equal(table.desk.saying.kind, "catching up");
  table.hear(first);
  assert.deepEqual([words(handle.doc), table.desk.saying.kind], ["ablamps", "saved"]);
});

test("the head tells of a last event that was lost", async () => {
  const { table } = await writing();
  table.event("other", 1, [inserted("a", 1)]);
  table.hear({ t: "head", seq: 1 });
  await table.rest(3_000);
  assert.ok(table.asked("since") > 0);
});

test("an event is taken once", async () => {
  const { table, handle } = await writing();
  const event = table.event("other", 1, [inserted("a", 1)]);
  for (let times = 0; times < 3; times++) table.hear(event);
  assert.equal(words(handle.doc), "alamps");
});

test("another checksum is reported, and the text fetched afresh", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("!", 6)], "");
  const event = table.event("other", 1, [inserted("a", 1)]);
  const asked = table.asked("read");
  if (event.t === "event") table.hear({ ...event, data: { ...event.data, sum: 1 } as typeof event.data });
  assert.deepEqual(table.trouble, ["checksum"]);
  assert.equal(table.asked("read"), asked + 1);
  table.doc = table.doc.type.create(null, table.doc.firstChild?.copy(table.doc.firstChild.content.cut(1)));
  table.text();
  assert.equal(words(handle.doc), "lamps!");
});

test("the text of an option that is opened has what happened while it was asked for", async () => {
  const { table } = await writing();
  const opening = table.desk.open("o1");
  table.theirs(inserted("a", 1));
  table.text();
  table.theirs(inserted("b", 1));
  assert.equal(words((await opening).doc), "balamps");
});

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

// --- Acts ------------------------------------------------------------------------------------------------

test("an act waits for the words before it, and is sent again under its mid until it is answered", async () => {
  const { table } = await withBatch();
  const answer = table.desk.act({ a: "provision.delete", provision: "p1" }, "", ["o1"]);
  await table.rest();
  assert.equal(table.asked("act"), 0);
  table.hear(table.takes(table.sent).event);
  await table.rest(6_000);
  const acts = table.said.filter((said) => said.t === "act");
  assert.equal(acts.length, 2);
  assert.deepEqual(acts[0], acts[1]);
  table.hear({ t: "ack", mid: acts[0]?.mid ?? 0, seq: 2, version: 0, keys: [], dropped: [], made: ["p9"] });
  assert.deepEqual(await answer, { kind: "done", seq: 2, made: ["p9"] });
});

test("without a line an act is not kept", async () => {
  const { table } = await writing();
  table.desk.down();
  assert.deepEqual(await table.desk.act({ a: "provision.delete", provision: "p1" }, ""), { kind: "offline" });
});

test("where the caret is is told again when the words before it are confirmed", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("old ", 1)], "");
  table.desk.presence({ option: "o1", anchor: 5, head: 5, forWhom: "", typing: true });
  await table.rest();
  const told = (): unknown => table.said.filter(({ t }) => t === "presence").at(-1);
  const about = { t: "presence", option: "o1", for: "", typing: true };
  assert.deepEqual(told(), { ...about, version: 0, anchor: 1, head: 1 });
  table.hear(table.takes(table.sent).event);
  assert.deepEqual(told(), { ...about, version: 1, anchor: 5, head: 5 });
});

// --- A machine that keeps nothing, or sleeps ---------------------------------------------------------

test("what was sent while the disk was full is not sent once more by the next page", async () => {
  const { table, handle } = await writing();
  handle.change([inserted("old ", 1)], "");
  await table.rest(10); // kept, and not sent yet
  table.isDiskFull = true;
  await table.rest();
  table.hear(table.takes(table.sent).event);
  await table.rest();
  table.reload();
  table.welcome();
  assert.deepEqual([table.desk.saying.kind, table.kept.options], ["saved", []]);
});

test("what is not sent stays on a disk that is full", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  await table.rest();
  table.isDiskFull = true;
  handle.change([inserted("more ", 5)], "");
  await table.rest();
  assert.deepEqual(table.desk.saying, { kind: "offline", unsent: 2, isKept: false });
  assert.equal(table.kept.options[0]?.own.length, 1);
});

test("a machine that slept for long was away, though its pages' time stood still", async () => {
  const { table, handle } = await writing();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  await table.rest();
  table.slept += LONG;
  table.welcome();
  assert.deepEqual([handle.standing, table.desk.held], ["held", ["o1"]]);
});

test("words that were typed where no editor was lie in the tray, and stay over a reload", async () => {
  const { table } = await writing();
  table.desk.setAside("o1", "hum", "KES");
  await table.rest();
  table.reload();
  const [entry] = table.desk.tray;
  assert.deepEqual([entry?.words, entry?.why, entry?.option, entry?.forWhom], ["hum", "homeless", "o1", "KES"]);
});
