import assert from "node:assert/strict";
import { test } from "node:test";
import { refused, withBatch, writing } from "./trial/beginnings.ts";
import { deleted, inserted, ME, Table, words } from "./trial/table.ts";

const LONG = 11 * 60_000;

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
