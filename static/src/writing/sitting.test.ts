import assert from "node:assert/strict";
import { test } from "node:test";
import { NOTHING, type Kept } from "./kept.ts";
import { giveUp as leave, sit, type Shelf, type Sitting, type Surroundings } from "./sitting.ts";

const WORK: Kept = { ...NOTHING, mid: 70, at: 1_000, tray: [], options: [{} as Kept["options"][number]] };

interface Tab {
  readonly memory: Map<string, string>;
  giveUp(sitting: Sitting): void;
  sit(place?: string): Promise<Sitting>;
}

class Browser {
  readonly records = new Map<string, Kept>();
  readonly locks = new Set<string>();
  private made = 0;
  readonly shelf: Shelf = {
    all: () => Promise.resolve(new Map(this.records)),
    put: (_place, client, kept) => Promise.resolve(void this.records.set(client, kept)),
    remove: (_place, client) => Promise.resolve(void this.records.delete(client)),
  };

  /** A tab with its own memory; give the memory of another for a copy of that tab. */
  tab(memory = new Map<string, string>()): Tab {
    const around: Surroundings = {
      shelf: this.shelf,
      claim: (name) => Promise.resolve(!this.locks.has(name) && Boolean(this.locks.add(name))),
      memory: {
        getItem: (key) => memory.get(key) ?? null,
        setItem: (key, value) => void memory.set(key, value),
        removeItem: (key) => void memory.delete(key),
      },
      newClient: () => `client-${++this.made}`,
      now: () => 200_000_000,
    };
    const giveUp = ({ client }: Sitting): void => leave("sam dl-1", client, around.memory);
    return { memory, giveUp, sit: (place = "sam dl-1") => sit(place, around) };
  }

  /** The tab is gone, and its lock with it. */
  close(sitting: Sitting): void {
    this.locks.delete(`sam dl-1 ${sitting.client}`);
  }
}

test("two tabs are two clients", async () => {
  const browser = new Browser();
  const [one, two] = [await browser.tab().sit(), await browser.tab().sit()];
  assert.notEqual(one.client, two.client);
});

test("a tab that is loaded again is the same client, with its work", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  const before = await tab.sit();
  await before.store.save(WORK);
  browser.close(before);
  const after = await tab.sit();
  assert.deepEqual([after.client, after.sameTab, after.kept.mid], [before.client, true, 70]);
});

test("a copy of a tab is another client", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  const first = await tab.sit();
  await first.store.save(WORK);
  const copy = await browser.tab(new Map(tab.memory)).sit();
  assert.notEqual(copy.client, first.client);
  assert.equal(copy.kept.options.length, 0);
});

test("the work of a tab that is gone is taken over by the next tab, once", async () => {
  const browser = new Browser();
  const gone = await browser.tab().sit();
  await gone.store.save(WORK);
  browser.close(gone);
  const [next, other] = [await browser.tab().sit(), await browser.tab().sit()];
  assert.deepEqual([next.client, next.sameTab, next.kept.options.length], [gone.client, false, 1]);
  assert.notEqual(other.client, gone.client);
  assert.equal(other.kept.options.length, 0);
});

test("the work of a tab that lives is not touched", async () => {
  const browser = new Browser();
  const living = await browser.tab().sit();
  await living.store.save(WORK);
  assert.equal((await browser.tab().sit()).kept.options.length, 0);
});

test("a client without a record is not used again: which numbers it gave is not known", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  const before = await tab.sit();
  browser.close(before);
  assert.notEqual((await tab.sit()).client, before.client);
});

test("records without work are cleared away after a day", async () => {
  const browser = new Browser();
  const old = await browser.tab().sit();
  await old.store.save({ ...NOTHING, at: 5 });
  browser.close(old);
  await browser.tab().sit();
  assert.equal(browser.records.has(old.client), false);
});

test("work that waited while another person was here is asked about", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  const before = await tab.sit();
  await before.store.save(WORK);
  tab.giveUp(before);
  browser.close(before);
  const records = new Map(browser.records);
  browser.records.clear(); // they lie with another person's name
  const other = await tab.sit("kes dl-1");
  assert.deepEqual([other.kept, other.sameTab], [NOTHING, false]);
  for (const [client, kept] of records) browser.records.set(client, kept);
  const again = await tab.sit();
  assert.deepEqual([again.client, again.kept.mid, again.sameTab], [before.client, 70, false]);
});

test("work under a name that is another person's gets a new name, and nothing of it was sent", async () => {
  const browser = new Browser();
  const tab = browser.tab();
  const before = await tab.sit();
  await before.store.save(WORK);
  tab.giveUp(before);
  browser.close(before);
  const after = await tab.sit();
  assert.notEqual(after.client, before.client);
  assert.deepEqual(after.kept.options.map(({ flight }) => flight), [null]);
  assert.deepEqual([...browser.records.keys()], [after.client]);
});
