import assert from "node:assert/strict";
import { test } from "node:test";
import type { Deed } from "../live/messages.ts";
import type { Answer, OptionHandle, TrayEntry } from "./contract.ts";
import { goesByItself, propose, wayOf, type Surface } from "./proposing.ts";
import { docFrom, schema, type Json } from "./schema.ts";
import { inserted, Table, words } from "./trial/table.ts";
import { ownWording } from "./wording.ts";

const typed = doc(text("lamps "), text("shine"));

function text(said: string, ...marks: readonly Json[]): Json {
  return { type: "text", text: said, ...(marks.length > 0 ? { marks } : {}) };
}

function change(type: "insertion" | "deletion", source: string): Json {
  return { type, attrs: { id: `${type}${source}`, source } };
}

function doc(...content: readonly Json[]): Json {
  return { type: "doc", content: [{ type: "paragraph", attrs: { label: "2", level: 2 }, content }] };
}

function entry(about: Partial<TrayEntry> = {}): TrayEntry {
  return {
    ...{ id: "me-1", option: "o4", words: "shine", forWhom: "", why: "gone", reason: "", at: 1, mid: 1 },
    ...{ pieces: [], client: "me", provision: "p4", whole: typed, away: true },
    place: { kind: "item", before: ["p3", "p2", "p1"] },
    ...about,
  };
}

function page(about: Partial<Surface> & { readonly there?: readonly string[] } = {}): Surface {
  const there = about.there ?? ["p1", "p2", "p3", "p4"];
  return {
    provisionOf: () => null,
    isThere: (key) => there.includes(key),
    isClosed: () => false,
    optionOf: (key) => key.replace("p", "o"),
    last: there.at(-1) ?? null,
    may: () => true,
    ...about,
  };
}

// --- What can become of it ----------------------------------------------------------------------------

test("what was typed into text that is there and open becomes an option beside it", () => {
  assert.deepEqual(wayOf(entry(), page()), { kind: "option", provision: "p4" });
});

test("what was typed into text that has moved becomes an option where it stands now", () => {
  const moved = page({ provisionOf: () => "p9", there: ["p4", "p9"] });
  assert.deepEqual(wayOf(entry(), moved), { kind: "option", provision: "p9" });
});

test("what was typed into text that is gone becomes a provision behind the nearest that is left", () => {
  const there = ["p1", "p2", "p6"];
  assert.deepEqual(wayOf(entry(), page({ there })), { kind: "provision", after: "p2" });
  const elsewhere = page({ there: ["p7", "p8"] });
  assert.deepEqual(wayOf(entry(), elsewhere), { kind: "provision", after: "p8" });
  assert.deepEqual(wayOf(entry({ place: null }), page({ there })), { kind: "provision", after: "p6" });
});

test("what was typed into text that is closed asks for it to be reopened", () => {
  assert.deepEqual(wayOf(entry(), page({ isClosed: () => true })), { kind: "ask", option: "o4" });
});

test("nothing is made of others' words, of no words, twice, or by who may not", () => {
  for (const odd of [{ whole: null }, { words: "" }, { became: "o9" }]) assert.equal(wayOf(entry(odd), page()), null);
  for (const isClosed of [() => true, () => false]) {
    assert.equal(wayOf(entry(), page({ isClosed, may: () => false })), null);
  }
  assert.equal(wayOf(entry(), page({ there: [], may: () => false })), null);
});

test("only what was typed without a line into what is gone goes by itself", () => {
  const gone = wayOf(entry(), page({ there: ["p1"] }));
  assert.equal(goesByItself(entry(), gone), true);
  assert.equal(goesByItself(entry({ away: false }), gone), false);
  assert.equal(goesByItself(entry(), wayOf(entry(), page())), false);
  assert.equal(goesByItself(entry(), wayOf(entry(), page({ isClosed: () => true }))), false);
});

// --- The wording --------------------------------------------------------------------------------------

const bracket = (type: "bracket_open" | "bracket_close", id: string): Json => {
  return { type, attrs: type === "bracket_open" ? { id, kind: "contested", before_label: false } : { id } };
};

test("a wording of one's own has one's own changes and nobody else's", () => {
  const whole = docFrom(
    doc(
      text("to "),
      text("count", change("deletion", "KES")),
      text("mend", change("insertion", "KES")),
      text(" twice", change("insertion", "VAL")),
      text(" the", change("deletion", "VAL"), { type: "em" }),
      text(" lamps", change("insertion", "VAL"), change("insertion", "KES")),
    ),
  );
  const own = ownWording(whole, "KES", () => "n");
  assert.equal(words(own), "to mend the lamps");
  assert.deepEqual(own.firstChild?.child(1).marks.map(({ type }) => type.name), ["em"]);
});

test("a bracket of the wording gets an id of its own, and half a bracket goes", () => {
  const whole = docFrom(
    doc(bracket("bracket_close", "b0"), bracket("bracket_open", "b1"), text("lamps"), bracket("bracket_close", "b1")),
  );
  const own = ownWording(whole, "KES", () => "new");
  const ids = own.firstChild?.children.map(({ attrs }) => attrs["id"] as string | undefined);
  assert.deepEqual(ids, ["new", undefined, "new"]);
});

// --- Doing it -----------------------------------------------------------------------------------------

async function proposed(way: NonNullable<ReturnType<typeof wayOf>>, answer?: Answer): Promise<{
  deeds: Deed[];
  became: string[];
  content: string;
  label: unknown;
}> {
  const [deeds, became]: [Deed[], string[]] = [[], []];
  const table = new Table();
  table.welcome();
  const handle = await table.open();
  const desk = {
    act: (deed: Deed | (() => Deed)): Promise<Answer> => {
      deeds.push(typeof deed === "function" ? deed() : deed);
      return Promise.resolve(answer ?? { kind: "done", seq: 1, made: ["p9", "o9"] });
    },
    open: (): Promise<OptionHandle> => Promise.resolve(handle),
    became: (_id: string, what: string) => became.push(what),
  };
  const means = { desk, whose: "KES", newId: () => "n", asks: (said: string) => `Reopen: ${said}` };
  await propose(entry(), way, means);
  return { deeds, became, content: words(handle.doc), label: handle.doc.firstChild?.attrs["label"] };
}

test("an option is made, and the whole wording is typed into it under the label of the place", async () => {
  const { deeds, became, content, label } = await proposed({ kind: "option", provision: "p4" });
  assert.deepEqual(deeds, [{ a: "option.add", provision: "p4", kind: "text", copy: null }]);
  assert.deepEqual([became, content], [["o9"], "lamps shine"]);
  assert.equal(label, null);
});

test("a provision is proposed in the old place, at its level", async () => {
  const { deeds, became } = await proposed({ kind: "provision", after: "p3" });
  const deed = { a: "provision.add", after: "p3", kind: "item", level: 2, proposed: true };
  assert.deepEqual([deeds, became], [[deed], ["o9"]]);
});

test("a comment asks for reopening with the wording in it", async () => {
  const { deeds, became, content } = await proposed({ kind: "ask", option: "o4" }, { kind: "done", seq: 1, made: ["n1"] });
  const [deed] = deeds;
  assert.equal(deed?.a === "note.add" && `${deed.kind} ${deed.words}`, "comment Reopen: lamps shine");
  assert.deepEqual([became, content], [["note"], "lamps"]);
});

test("what is refused leaves the words where they are", async () => {
  const refused = { kind: "refused", code: "locked", reason: "It is closed." } as const;
  const { became, content } = await proposed({ kind: "option", provision: "p4" }, refused);
  assert.deepEqual([became, content], [[], "lamps"]);
});

// --- What the desk knows of it ------------------------------------------------------------------------

async function typedAway(table: Table): Promise<OptionHandle> {
  const handle = await table.open();
  table.desk.down();
  handle.change([inserted("old ", 1)], "");
  return handle;
}

const removed = (table: Table): void => {
  table.seq += 1;
  table.hear({
    ...{ t: "event", seq: table.seq, kind: "provision.removed", by: "", for: "", at: "", client: null, mid: null },
    data: { provisions: [], options: [], removed: ["p1", "o1"] },
  });
};

test("what was typed without a line is kept with its whole wording, and known to be from then", async () => {
  const table = new Table();
  table.welcome();
  await typedAway(table);
  table.welcome();
  removed(table);
  const [kept] = table.desk.tray;
  assert.deepEqual([kept?.why, kept?.words, kept?.away, kept?.provision], ["gone", "old ", true, "p1"]);
  assert.equal(words(docFrom(kept?.whole)), "old lamps");
  table.desk.became(kept?.id ?? "", "o9");
  await table.rest();
  table.reload();
  assert.deepEqual([table.desk.tray[0]?.became, table.desk.tray[0]?.away], ["o9", false]);
});

test("so is what outlasted a closed browser", async () => {
  const table = new Table();
  table.welcome();
  await typedAway(table);
  await table.rest();
  table.reload(false);
  table.welcome();
  removed(table);
  assert.equal(table.desk.tray[0]?.away, true);
});

test("what was typed on a line that holds is not", async () => {
  const table = new Table();
  table.welcome();
  const handle = await table.open();
  handle.change([inserted("old ", 1)], "");
  removed(table);
  assert.deepEqual([table.desk.tray[0]?.words, table.desk.tray[0]?.away], ["old ", false]);
});

test("a line that comes back lets it be forgotten once all is confirmed", async () => {
  const table = new Table();
  table.welcome();
  const handle = await typedAway(table);
  table.welcome();
  await table.rest();
  table.hear(table.takes(table.sent).event);
  handle.change([inserted("new ", 1)], "");
  removed(table);
  assert.deepEqual([table.desk.tray[0]?.words, table.desk.tray[0]?.away], ["new ", false]);
});

test("the schema knows every format that an own wording keeps", () => {
  const formats = Object.keys(schema.marks).filter((name) => !["insertion", "deletion", "note"].includes(name));
  assert.deepEqual(formats.toSorted(), ["em", "strong", "sub", "sup", "underline"]);
});
