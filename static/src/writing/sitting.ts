// Which client a tab is. Unsent work belongs to a client, and to one tab at a time.
//
// - A tab that is only loaded again stays the client it was. Two tabs are never the same client:
//   each holds a lock by its client's name, and a copied tab finds it held.
// - A tab takes over one client whose tab is gone and whose work is not: the oldest. It becomes that
//   client, so that a batch on its way keeps its name and cannot land twice. Others wait for the next.
// - A client without a record is never used again: which numbers it has given is not known.
// - Where another person signed in meanwhile, the first one's work waits for them, and is then asked
//   about. Where the same person comes back to a name that is another's, the work gets a new name.

import { NOTHING, type Kept, type Store } from "./kept.ts";

/** Where records lie, by client. `place` names the person and the draft. */
export interface Shelf {
  all(place: string): Promise<ReadonlyMap<string, Kept>>;
  put(place: string, client: string, kept: Kept): Promise<void>;
  remove(place: string, client: string): Promise<void>;
}

export interface Surroundings {
  readonly shelf: Shelf;
  /** Takes the lock of that name for as long as the tab lives. False: another tab has it. */
  claim(name: string): Promise<boolean>;
  /** What this tab remembers over a reload, and no other. */
  readonly memory: Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;
  newClient(): string;
  now(): number;
}

export interface Sitting {
  readonly client: string;
  readonly kept: Kept;
  readonly sameTab: boolean;
  readonly store: Store;
}

const WORKLESS_KEPT_MS = 86_400_000;

export async function sit(place: string, around: Surroundings): Promise<Sitting> {
  const { shelf, memory, claim } = around;
  const wasLeft = memory.getItem(left(place)) !== null;
  memory.removeItem(left(place));
  await rename(place, around);
  const records = await shelf.all(place);
  const before = memory.getItem(place);
  const name = (client: string): string => `${place} ${client}`;
  const own = before !== null && records.has(before) && (await claim(name(before))) ? before : null;
  if (own === null || !hasWork(records.get(own))) {
    for (const client of orphans(records, own)) {
      if (await claim(name(client))) return seated(place, client, records.get(client), false, around);
    }
  }
  await tidy(place, records, own, around);
  const client = own ?? around.newClient();
  if (own === null) await claim(name(client));
  return seated(place, client, records.get(client), own !== null && !wasLeft, around);
}

function seated(
  place: string,
  client: string,
  kept: Kept = NOTHING,
  sameTab: boolean,
  { shelf, memory }: Surroundings,
): Sitting {
  memory.setItem(place, client);
  const save = (next: Kept): Promise<void> => shelf.put(place, client, next);
  return { client, kept, sameTab, store: { save, forget: () => shelf.remove(place, client) } };
}

function hasWork(kept: Kept | undefined): boolean {
  return kept !== undefined && kept.options.length + kept.tray.length > 0;
}

/** Clients with work, those with unsent work first, the oldest first. */
function orphans(records: ReadonlyMap<string, Kept>, own: string | null): readonly string[] {
  return [...records]
    .filter(([client, kept]) => client !== own && hasWork(kept))
    .toSorted(([, a], [, b]) => Math.sign(b.options.length) - Math.sign(a.options.length) || a.at - b.at)
    .map(([client]) => client);
}

// --- A name that is another person's -----------------------------------------------------------

const TAKEN = "drafting.taken"; // the name that was given up last in this tab
const left = (place: string): string => `${place} left`;

/** The server knows the name as another person's: the next page in this tab decides whose work it is. */
export function giveUp(place: string, client: string, memory: Surroundings["memory"]): void {
  memory.setItem(TAKEN, `${place} ${client}`);
  memory.setItem(left(place), "1");
}

/** It is the same person's page again, so the name itself was wrong: nothing was ever sent under it. */
async function rename(place: string, { shelf, memory, claim, newClient }: Surroundings): Promise<void> {
  const taken = memory.getItem(TAKEN);
  memory.removeItem(TAKEN);
  if (!taken?.startsWith(`${place} `)) return;
  const client = taken.slice(place.length + 1);
  const kept = (await shelf.all(place)).get(client);
  if (!kept || !(await claim(taken))) return;
  const options = kept.options.map((option) => ({ ...option, flight: null }));
  if (hasWork(kept)) await shelf.put(place, newClient(), { ...kept, options });
  await shelf.remove(place, client);
}

async function tidy(
  place: string,
  records: ReadonlyMap<string, Kept>,
  own: string | null,
  { shelf, claim, now }: Surroundings,
): Promise<void> {
  for (const [client, kept] of records) {
    if (client === own || hasWork(kept) || now() - kept.at < WORKLESS_KEPT_MS) continue;
    if (await claim(`${place} ${client}`)) await shelf.remove(place, client);
  }
}
