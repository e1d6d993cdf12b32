// What an act of the table asks of the server, from what lies there and what is chosen.
//
// - Pure: the page is read elsewhere, and what comes of a deed is told by the server.
// - A deed says what the person saw: the versions of the options, the status. What changed meanwhile
//   is refused, never overwritten.
// - What cannot be asked says in a word why not; the page has the sentence for it.

import type { Deed } from "../live/messages.ts";

export type Single = Exclude<Deed, { a: "together" } | { a: "undo" }>;

/** A wording on the table: an option of the draft, an alternative in one, or what is asked. */
export interface Wording {
  readonly number: number; // 0: the base; -1: an addition, which has none
  readonly kind: string;
  readonly options: readonly string[];
  readonly within: string; // the option it is an alternative in
  readonly code: string; // who stands behind it first
  readonly codes: readonly string[]; // all who do
  readonly asked: readonly string[]; // whose proposals ask for it and are not named in the draft
  readonly brackets: readonly string[];
  readonly isBase: boolean;
  readonly added: boolean;
  readonly change: string; // the key of the change that asks for an addition
}

export interface Case {
  readonly provision: string;
  readonly status: string;
  readonly moves: readonly string[]; // the statuses it may go to
  readonly placed: boolean;
  readonly seen: Readonly<Record<string, number>>;
  readonly package: number | null;
  readonly chosen: readonly Wording[];
  readonly picked: readonly string[]; // provisions chosen in the index
  readonly span: Span | "vague" | null; // vague: what is shown is not all that the draft's text holds
  readonly bracket: string | null; // the one that is chosen
  readonly fork: Alternative | null; // likewise
}

/** An alternative of a fork: what becomes of each bracket that holds it, or why it cannot be chosen. */
export type Alternative =
  | { readonly keep: readonly (readonly [bracket: string, keep: boolean | string])[] }
  | { readonly why: string }; // a word of the page

/** Words that are selected in a wording of the draft: positions in its option's document. */
export interface Span {
  readonly option: string;
  readonly start: number;
  readonly end: number;
}

/** What the person was asked before: a reason, own words, a stance. */
export interface Told {
  readonly reason?: string;
  readonly words?: string;
  readonly stance?: string;
  readonly delegation?: string;
  readonly name?: string;
}

export type Act =
  | "fold"
  | "own"
  | "unfold"
  | "take"
  | "choose"
  | "both"
  | "up"
  | "down"
  | "bracket"
  | "lift"
  | "drop"
  | "decide"
  | "retain_not"
  | "withdraw"
  | "no_text"
  | "delete"
  | "ref"
  | "agree"
  | "defer"
  | "reopen"
  | "position"
  | "placed"
  | "package"
  | "untie"
  | "project";

export type Wish =
  | { readonly deed: Deed }
  | { readonly why: string } // a word of the page
  | { readonly ask: "reason" | "own" | "position" | "package" };

const why = (word: string): Wish => ({ why: word });
const wish = (deed: Deed): Wish => ({ deed });

/** The deed of an act, what to ask first, or why it makes no sense here. */
export function wishOf(act: Act, at: Case, told: Told | null = null): Wish {
  return WISHES[act](at, told);
}

const WISHES: Readonly<Record<Act, (at: Case, told: Told | null) => Wish>> = {
  fold: (at) => fold(at, null),
  own: (at, told) => (told ? fold(at, told.words ?? "") : own(at)),
  unfold: (at) => {
    const option = at.chosen.map((one) => one.options[0] ?? one.within).find(Boolean);
    return option ? wish({ a: "options.unfold", option, seen: at.seen }) : why("chooseOption");
  },
  take,
  choose,
  both: (at) => {
    const options = inDraft(at);
    if (options.length < 2) return why("chooseTwo");
    return wish({ a: "options.stand", provision: at.provision, options, seen: at.seen });
  },
  up: (at) => order(at, -1),
  down: (at) => order(at, 1),
  bracket: (at) => {
    if (at.span === "vague") return why("spanVague");
    if (at.span) return pair(at.span, at);
    const [first, last] = [inDraft(at)[0], inDraft(at).at(-1)];
    if (!first || !last) return why("chooseOption");
    return wish({ a: "bracket.around", first, last, seen: at.seen });
  },
  lift: (at) => brackets(at, (bracket) => ({ a: "bracket.lift", bracket, seen: at.seen })),
  drop: (at) =>
    brackets(at, (bracket) => ({ a: "bracket.decide", bracket, keep: false, seen: at.seen })),
  decide: ({ fork, seen }) => {
    if (!fork) return why("chooseFork");
    if ("why" in fork) return why(fork.why);
    return many(fork.keep.map(([bracket, keep]) => ({ a: "bracket.decide", bracket, keep, seen })));
  },
  retain_not: (at, told) => {
    const wishes = wishesOf(at);
    if (wishes.length === 0) return why("chooseAsked");
    if (!told) return { ask: "reason" };
    const rationale = told.reason ?? "";
    return many(wishes.map((one) => ({ a: "proposal.retain_not", ...one, rationale })));
  },
  withdraw: (at, told) => {
    const wishes = wishesOf(at);
    if (wishes.length === 0) return why("chooseAsked");
    if (!told) return { ask: "reason" };
    const words = told.reason ?? "";
    return many(wishes.map((one) => ({ a: "proposal.withdraw", ...one, words })));
  },
  no_text: (at) => wish({ a: "option.add", provision: at.provision, kind: "no_text", seen: at.seen }),
  delete: (at) => wish({ a: "option.add", provision: at.provision, kind: "delete", seen: at.seen }),
  ref: (at) => status(at, "agreed_ad_ref"),
  agree: (at) => status(at, "agreed"),
  defer: (at) => status(at, at.status === "deferred" ? "open" : "deferred"),
  reopen: (at, told) => {
    if (!allows(at, "reopened")) return why("notNow");
    return told?.reason ? status(at, "reopened", told.reason) : { ask: "reason" };
  },
  position: (at, told) => {
    const { bracket, chosen, provision } = at;
    if (!bracket && chosen.some((one) => one.options.length === 0)) return why("thinkOfOption");
    if (!told) return { ask: "position" };
    const options = bracket || chosen.length === 0 ? [null] : chosen.flatMap((one) => one.options.slice(0, 1));
    return many(
      options.map((option) => ({
        a: "position",
        provision,
        option,
        bracket,
        stance: (told.stance || null) as StanceWord,
        words: told.words ?? "",
        delegation: told.delegation || null,
      })),
    );
  },
  placed: (at) => wish({ a: "placed", provision: at.provision, placed: !at.placed }),
  package: (at, told) => {
    if (!told?.name) return { ask: "package" };
    const provisions = [...new Set([...at.picked, at.provision])];
    return wish({ a: "package", name: told.name, provisions, package: at.package });
  },
  untie: (at) =>
    at.package === null ? why("noPackage") : wish({ a: "package.untie", package: at.package }),
  project: (at) => wish({ a: "floor", provision: at.provision }),
};

type StanceWord = NonNullable<Extract<Deed, { a: "position" }>["stance"]> | null;
type StatusWord = Extract<Deed, { a: "status" }>["status"];

/** The options of the draft that are chosen; of equal ones all. */
function inDraft(at: Case): string[] {
  return at.chosen.flatMap((one) => one.options);
}

interface Asks {
  readonly code: string;
  readonly provision: string | null;
  readonly change: string | null;
}

/** What is chosen of what is asked for: in this provision, or an addition, which has none yet. */
function wishesOf(at: Case): Asks[] {
  const { provision } = at;
  const found = at.chosen.map((one) => ({
    code: one.asked[0] ?? one.code,
    ...(one.added ? { provision: null, change: one.change } : { provision, change: null }),
  }));
  const once = new Map(found.map((one) => [`${one.code} ${one.change ?? ""}`, one]));
  return [...once.values()].filter((one) => one.code !== "");
}

const DEEDS_MOST = 200; // in one act

/** Several deeds as one act, which is undone as one. */
export function many(deeds: readonly Single[]): Wish {
  const [first] = deeds;
  if (!first) return why("chooseWordings");
  if (deeds.length > DEEDS_MOST) return why("tooMany");
  return wish(deeds.length === 1 ? first : { a: "together", deeds: [...deeds] });
}

// --- Wordings ---------------------------------------------------------------------------------------

/** Equal ones are stacked, others become one text; `words`: the chair's own instead. */
function fold(at: Case, words: string | null): Wish {
  if (at.chosen.some((one) => one.options.length === 0 && !one.within)) return why("notInDraft");
  const options = inDraft(at);
  const least = words === null ? 2 : 1;
  if (options.length < least) return why(words === null ? "chooseTwo" : "chooseOption");
  const alike = at.chosen.length === 1;
  const how = words === null ? (alike ? "stack" : "common") : "free";
  return wish({
    a: "options.fold",
    provision: at.provision,
    options,
    how,
    words,
    seen: at.seen,
  });
}

function own(at: Case): Wish {
  return inDraft(at).length > 0 ? { ask: "own" } : why("chooseOption");
}

/** Everything that proposals ask for and that is chosen, where the draft does not name them. */
function take(at: Case): Wish {
  if (at.chosen.length === 0) return why("chooseAsked");
  const deeds = at.chosen.flatMap((one) =>
    one.asked.map((code): Single => ({
      a: "proposal.take_up",
      code,
      provision: one.added ? null : at.provision,
      change: one.added ? one.change : null,
      seen: one.added ? null : at.seen,
    })),
  );
  return deeds.length > 0 ? many(deeds) : why("allTaken");
}

function choose(at: Case): Wish {
  const [one, ...others] = at.chosen;
  if (!one || others.length > 0) return why("chooseOne");
  const option = one.options[0] ?? one.within;
  if (!option) return why("chooseOption");
  const reading = one.options[0] ? null : one.code;
  return wish({ a: "option.choose", option, reading, seen: at.seen });
}

function order(at: Case, step: 1 | -1): Wish {
  const option = inDraft(at)[0];
  if (!option) return why("chooseOption");
  const keys = Object.keys(at.seen);
  const from = keys.indexOf(option);
  const to = from + step;
  if (to < 0 || to >= keys.length) return why("end");
  keys.splice(from, 1);
  keys.splice(to, 0, option);
  return wish({ a: "options.order", provision: at.provision, order: keys, seen: at.seen });
}

function pair({ option, start, end }: Span, at: Case): Wish {
  const version = at.seen[option] ?? 0;
  return wish({
    a: "bracket.pair",
    opens: { option, version, pos: start },
    closes: { option, version, pos: end },
  });
}

function brackets(at: Case, deed: (bracket: string) => Single): Wish {
  const ids = at.bracket ? [at.bracket] : [...new Set(at.chosen.flatMap((one) => one.brackets))];
  return ids.length > 0 ? many(ids.map(deed)) : why("chooseBracketed");
}

// --- Status -----------------------------------------------------------------------------------------

function allows(at: Case, to: string): boolean {
  return at.moves.includes(to);
}

/** Of the provision that is shown, or of all that are chosen in the index. */
function status(at: Case, to: StatusWord, reason = ""): Wish {
  const others = at.picked.filter((key) => key !== at.provision);
  if (others.length === 0 && !allows(at, to)) return why("notNow");
  const deeds = (at.picked.length > 0 ? at.picked : [at.provision]).map((provision): Single => ({
    a: "status",
    provision,
    status: to,
    reason,
    was: provision === at.provision ? (at.status as StatusWord) : null,
  }));
  return many(deeds);
}
