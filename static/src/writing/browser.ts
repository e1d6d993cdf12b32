// What the browser offers for keeping work: IndexedDB, Web Locks, the tab's own memory.
//
// - Where one of them is missing (a private window, an address without https) writing goes on; what
//   is unsent then does not outlast the page, or lies with one tab only.
// - A database that does not answer is one that is missing: nobody waits for it to write or to send.
//   One that was closed under the page is opened again.

import { now } from "../clock.ts";
import { randomClient } from "../live/client.ts";
import type { Kept } from "./kept.ts";
import { giveUp, sit, type Shelf, type Sitting, type Surroundings } from "./sitting.ts";

const DATABASE = "drafting";
const WORK = "work";
const PATIENCE_MS = 4_000;

/** `place` names the person and the draft, so that nobody finds another's words. */
export async function sitDown(place: string): Promise<Sitting> {
  const memory = tabMemory();
  const shelf = await openShelf().catch(() => forgetful());
  const mine = "locks" in navigator ? shelf : onlyOf(shelf, memory.getItem(place) ?? "");
  return sit(place, { shelf: mine, claim, memory, newClient: randomClient, now });
}

/** Another person's place it is from now on, in this tab. */
export function standUp(place: string, client: string): void {
  giveUp(place, client, tabMemory());
}

async function openShelf(): Promise<Shelf> {
  let database = await opened();
  const begun = (mode: IDBTransactionMode): IDBObjectStore =>
    database.transaction(WORK, mode, { durability: "strict" }).objectStore(WORK);
  const work = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => {
    try {
      return begun(mode);
    } catch {
      database = await opened();
      return begun(mode);
    }
  };
  const key = (place: string, client: string): [string, string] => [place, client];
  return {
    all: async (place) => {
      const range = IDBKeyRange.bound([place], [place, []]);
      const store = await work("readonly");
      const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
      return new Map(keys.map((found, i) => [clientOf(found), values[i] as Kept]));
    },
    put: async (place, client, kept) => written((await work("readwrite")).put(kept, key(place, client))),
    remove: async (place, client) => written((await work("readwrite")).delete(key(place, client))),
  };
}

function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(WORK);
  return done(opening);
}

function clientOf(key: IDBValidKey): string {
  return Array.isArray(key) ? String(key[1]) : "";
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return inTime((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("The browser's database failed."));
  });
}

/** Resolves when the transaction is complete: only then it is on disk. A page that is gone before has
 * its transactions thrown away but for those that wait for nothing more. */
function written(request: IDBRequest): Promise<void> {
  return inTime((resolve, reject) => {
    const { transaction } = request;
    if (!transaction) throw new Error("A request stands in a transaction.");
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error("The browser's database failed."));
    transaction.commit();
  });
}

function inTime<T>(run: ConstructorParameters<typeof Promise<T>>[0]): Promise<T> {
  return new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("The browser's database does not answer.")), PATIENCE_MS);
    run(resolve, reject);
  });
}

/** A lock until the tab is gone. The page before, when it is loaded again, may take a moment to go. */
async function claim(name: string): Promise<boolean> {
  if (!("locks" in navigator)) return true;
  for (let again = 5; again > 0; again--) {
    if (await claimNow(name)) return true;
    if (again > 1) await new Promise((resolve) => setTimeout(resolve, 60));
  }
  return false;
}

function claimNow(name: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const held = (lock: Lock | null): Promise<void> | undefined => {
      resolve(lock !== null);
      return lock ? new Promise<void>(() => undefined) : undefined;
    };
    navigator.locks.request(name, { ifAvailable: true }, held).catch(reject);
  });
}

/** Without locks nobody can tell whether another's tab is gone: only one's own record is there. */
function onlyOf(shelf: Shelf, client: string): Shelf {
  const all = async (place: string): Promise<ReadonlyMap<string, Kept>> => {
    const kept = (await shelf.all(place)).get(client);
    return new Map(kept ? [[client, kept]] : []);
  };
  return { ...shelf, all };
}

function forgetful(): Shelf {
  const put = (): Promise<void> => Promise.reject(new Error("This browser keeps nothing."));
  return { all: () => Promise.resolve(new Map()), put, remove: () => Promise.resolve() };
}

function tabMemory(): Surroundings["memory"] {
  try {
    return sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
  }
}
