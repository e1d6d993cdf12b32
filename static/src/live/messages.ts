// Generated from drafting/live/messages.py by `python -m drafting.live.typescript`: do not edit.

export type Json = { readonly [key: string]: unknown };

/**
 * What a proposal asks for is let go: all of it, or in one provision, or one change by its key;
 * without a code, all that is asked for in a provision.
 */
export interface RetainNot {
  readonly a: "proposal.retain_not";
  readonly code?: string | null;
  readonly provision?: string | null;
  readonly rationale?: string;
  readonly change?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * What a proposal asks for is put into the draft: all of it, or in one provision, or one change
 * by its key.
 */
export interface TakeUp {
  readonly a: "proposal.take_up";
  readonly code: string;
  readonly provision?: string | null;
  readonly change?: string | null;
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * What a proposal asks for is taken back by who asked: everywhere, or in one provision, or one
 * change by its key.
 */
export interface WithdrawProposal {
  readonly a: "proposal.withdraw";
  readonly code: string;
  readonly provision?: string | null;
  readonly words?: string;
  readonly change?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * A new provision after another; `after` null: at the very beginning. It has one option.
 *
 * `proposed`: it does not stand. What a delegate who may only propose adds never does.
 */
export interface AddProvision {
  readonly a: "provision.add";
  readonly after: string | null;
  readonly kind?: "item" | "call" | "chapeau" | "other";
  readonly level?: number;
  readonly words?: string;
  readonly proposed?: boolean;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Without adopted text it goes; with adopted text its option becomes "delete". */
export interface DeleteProvision {
  readonly a: "provision.delete";
  readonly provision: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Its words go to the end of the provision before it; `apart`: as paragraphs of their own. */
export interface JoinProvision {
  readonly a: "provision.join";
  readonly provision: string;
  readonly apart?: boolean;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** To the place after another. One with adopted text leaves its place marked as moved. */
export interface MoveProvision {
  readonly a: "provision.move";
  readonly provision: string;
  readonly after: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Says whether it is known where the provision will stand. */
export interface Place {
  readonly a: "placed";
  readonly provision: string;
  readonly placed: boolean;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Sets an item at another level of its list, under the label of the place. */
export interface ShiftLevel {
  readonly a: "provision.level";
  readonly provision: string;
  readonly level: number;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** What stands after `pos` becomes a provision of its own. `version` must be the head. */
export interface SplitProvision {
  readonly a: "provision.split";
  readonly option: string;
  readonly version: number;
  readonly pos: number;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** What the floor shows: one provision; null: the running text. */
export interface LeadFloor {
  readonly a: "floor";
  readonly provision?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * Moves a provision on the ladder of agreement; reopening needs a reason.
 *
 * `was`: the status that the person saw; null asks nothing.
 */
export interface MoveStatus {
  readonly a: "status";
  readonly provision: string;
  readonly status: "open" | "agreed_ad_ref" | "agreed" | "agreed_higher" | "reopened" | "deferred" | "lapsed" | "deleted";
  readonly reason?: string;
  readonly was?: "open" | "agreed_ad_ref" | "agreed" | "agreed_higher" | "reopened" | "deferred" | "lapsed" | "deleted" | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * A delegation's stance on a provision, an option of it, or a bracket; null takes it back.
 *
 * `delegation`: its symbol; null: the one for whom one acts.
 */
export interface TakePosition {
  readonly a: "position";
  readonly provision: string;
  readonly option?: string | null;
  readonly bracket?: string | null;
  readonly stance?: "support" | "oppose" | "reserve" | "delete" | "amend" | "waiting" | null;
  readonly words?: string;
  readonly delegation?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Provisions that are only agreed together; `package`: one that is to hold these instead. */
export interface TiePackage {
  readonly a: "package";
  readonly name: string;
  readonly provisions: readonly string[];
  readonly package?: number | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** The provisions stay as they are, and are tied no more. */
export interface UntiePackage {
  readonly a: "package.untie";
  readonly package: number;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Another wording: the copy of an option, "no text", or "delete". */
export interface AddOption {
  readonly a: "option.add";
  readonly provision: string;
  readonly kind?: "text" | "no_text" | "delete";
  readonly copy?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * A wording becomes the only one of its provision, clean; the others are not retained.
 *
 * `reading`: whose, of a text that holds several: a proposal's, or "base"; null: that of those
 * who stand behind the option.
 */
export interface ChooseOption {
  readonly a: "option.choose";
  readonly option: string;
  readonly reading?: string | null;
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * Several wordings become fewer: equal ones one, others one text with alternatives in brackets,
 * or the chair's own `words` beside them (or `instead` of them).
 */
export interface FoldOptions {
  readonly a: "options.fold";
  readonly provision: string;
  readonly options: readonly string[];
  readonly how: "stack" | "common" | "free";
  readonly words?: string | null;
  readonly instead?: boolean;
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** These wordings do not compete: each stands, in a provision of its own. */
export interface LetStand {
  readonly a: "options.stand";
  readonly provision: string;
  readonly options: readonly string[];
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Every option of the provision, in the order in which they are to stand. */
export interface OrderOptions {
  readonly a: "options.order";
  readonly provision: string;
  readonly order: readonly string[];
  readonly seen?: { readonly [option: string]: number } | null;
}

/** A provision keeps at least one. */
export interface RemoveOption {
  readonly a: "option.remove";
  readonly option: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** The alternatives in one text become options, each with who asks for it. */
export interface UnfoldOption {
  readonly a: "options.unfold";
  readonly option: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * A remark on the words from `start` to `end`; on the whole provision where they are equal.
 *
 * Closed text takes a comment on the whole, which touches none of its words.
 */
export interface AddNote {
  readonly a: "note.add";
  readonly option: string;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly kind?: "drafting" | "comment";
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Who stands behind an option, or behind one bracket in it: replaces who stood there. */
export interface Attribute {
  readonly a: "attribute";
  readonly option: string;
  readonly names: readonly string[];
  readonly bracket?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * Who stands behind the words from `start` to `end`: replaces who stood there.
 *
 * Pending words become pending changes of these; others stand in a bracket that is theirs.
 */
export interface AttributeSpan {
  readonly a: "attribute.span";
  readonly option: string;
  readonly version: number;
  readonly start: number;
  readonly end: number;
  readonly names: readonly string[];
  readonly seen?: { readonly [option: string]: number } | null;
}

/** A bracket around a whole wording, or from the first to another in a later provision. */
export interface BracketAround {
  readonly a: "bracket.around";
  readonly first: string;
  readonly last?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * What stands in a bracket stays, or goes, or reads as one of those asks who are heard in it.
 *
 * `keep`: true, false, the name of a proposal or delegation, or "base".
 */
export interface DecideBracket {
  readonly a: "bracket.decide";
  readonly bracket: string;
  readonly keep: boolean | string;
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * In one paragraph of one option: `old` becomes `new` at `start`, which counts characters.
 *
 * `start` null: the label ("" is none). `closes`: the bracket whose missing end is set there.
 */
export interface Edit {
  readonly option: string;
  readonly paragraph: number;
  readonly start: number | null;
  readonly old: string;
  readonly new: string;
  readonly closes?: string;
}

/**
 * Numbering, terminal punctuation and citations' editions, and nothing else: in closed text
 * too, which stays closed.
 */
export interface Editorial {
  readonly a: "editorial";
  readonly changes: readonly Edit[];
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Takes both markers of a bracket away, wherever they stand. */
export interface LiftBracket {
  readonly a: "bracket.lift";
  readonly bracket: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** What the checks propose: in open text all of it, in closed text what is editorial. */
export interface Mend {
  readonly a: "mend";
  readonly changes: readonly Edit[];
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Sets "[" and "]" as one bracket, also in two provisions. */
export interface PairBracket {
  readonly a: "bracket.pair";
  readonly opens: Spot;
  readonly closes: Spot;
  readonly kind?: "contested" | "deletion" | "placeholder";
  readonly seen?: { readonly [option: string]: number } | null;
}

/** Accepts or rejects pending changes by id, or all of one source; in one option or in all. */
export interface SettlePending {
  readonly a: "pending.settle";
  readonly accept: boolean;
  readonly ids?: readonly string[] | null;
  readonly source?: string | null;
  readonly option?: string | null;
  readonly seen?: { readonly [option: string]: number } | null;
}

/** A place in an option at a version, which must be the head. */
export interface Spot {
  readonly option: string;
  readonly version: number;
  readonly pos: number;
}

/** Several deeds as one act: all or none, one event, undone as one. `rationale`: why. */
export interface Together {
  readonly a: "together";
  readonly deeds: readonly (AddProvision | DeleteProvision | SplitProvision | JoinProvision | MoveProvision | ShiftLevel | AddOption | RemoveOption | Attribute | AttributeSpan | AddNote | SettlePending | PairBracket | LiftBracket | MoveStatus | TakePosition | TiePackage | UntiePackage | Place | LeadFloor | Editorial | Mend | FoldOptions | UnfoldOption | OrderOptions | LetStand | ChooseOption | DecideBracket | BracketAround | TakeUp | WithdrawProposal | RetainNot)[];
  readonly rationale?: string;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * Puts back what the act of this event changed, unless somebody changed it since.
 *
 * Undone itself, it does the act again.
 */
export interface Undo {
  readonly a: "undo";
  readonly seq: number;
  readonly seen?: { readonly [option: string]: number } | null;
}

/**
 * First. `seq`: what the page shows. `client`: made once by the browser, for one person.
 *
 * `against` null: nothing needs to be shown, the steps are enough.
 */
export interface Hello {
  readonly t: "hello";
  readonly client: string;
  readonly seq: number;
  readonly against?: string | null;
}

/** A step under a key that is unique within the client. */
export interface Item {
  readonly key: string;
  readonly step: Json;
}

/**
 * A batch of steps on one option, made on its version `base`; one in flight an option.
 *
 * `mid` grows with every commit and act of the client and never changes on a resend.
 */
export interface Commit {
  readonly t: "commit";
  readonly mid: number;
  readonly option: string;
  readonly base: number;
  readonly items: readonly Item[];
  readonly for?: string;
}

/** Asks for every event after `seq` once more. */
export interface Since {
  readonly t: "since";
  readonly seq: number;
}

/** Asks for an option as it is now; answered by `text`. */
export interface Read {
  readonly t: "read";
  readonly option: string;
}

/**
 * Changes what `shown` compares with, and of which provisions; `against` null: of none.
 *
 * `near`: those on the screen or close to it; null: all. `stale`: those of them whose wording has
 * changed since the page was last shown it.
 */
export interface View {
  readonly t: "view";
  readonly against: string | null;
  readonly near?: readonly string[] | null;
  readonly stale?: readonly string[];
}

/** Where the person's caret is; `option` null: nowhere. Positions hold at `version`. */
export interface Presence {
  readonly t: "presence";
  readonly option: string | null;
  readonly version?: number;
  readonly anchor?: number;
  readonly head?: number;
  readonly for?: string;
  readonly typing?: boolean;
}

/** A change of structure; answered like a commit. */
export interface Act {
  readonly t: "act";
  readonly mid: number;
  readonly what: Deed;
  readonly for?: string;
}

/**
 * Who the server takes the person for. `may_write_for` is a list to choose from.
 *
 * `own`: further acts, which the person may do to what is the own delegation's alone.
 */
export interface You {
  readonly name: string;
  readonly part: "chair" | "secretary" | "delegate" | "observer" | "secretariat";
  readonly for: string;
  readonly writes: "direct" | "pending" | "nothing";
  readonly acts: readonly string[];
  readonly own: readonly string[];
  readonly may_write_for: readonly string[];
}

/**
 * The answer to `hello`. `seq` is the head; what lies between follows as events.
 *
 * `mid`: the highest number of this client's that was taken when it said hello.
 */
export interface Welcome {
  readonly t: "welcome";
  readonly seq: number;
  readonly sid: string;
  readonly you: You;
  readonly mid: number;
}

/**
 * The data of an event of kind "text". `steps[i]` is of key `keys[i]`; both may be empty.
 *
 * `version` is the one after; `sum` the checksum of the content after.
 */
export interface TextChange {
  readonly option: string;
  readonly provision: string;
  readonly version: number;
  readonly steps: readonly Json[];
  readonly keys: readonly string[];
  readonly sum: number;
}

/** The data of every other event: what a page must fetch again, or take away. */
export interface Touched {
  readonly provisions: readonly string[];
  readonly options: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Event `seq` of the draft, in order and without gaps on one socket.
 *
 * `client` and `mid` say whose commit or act it answers, null where it answers none.
 */
export interface Happened {
  readonly t: "event";
  readonly seq: number;
  readonly kind: string;
  readonly by: string;
  readonly for: string;
  readonly at: string;
  readonly client: string | null;
  readonly mid: number | null;
  readonly data: TextChange | Touched;
}

/**
 * It is on disk, as event `seq`; `version` is the option's after it, 0 for an act.
 *
 * `made`: keys that an act gave ("p31", "o40", a note's or bracket's id).
 */
export interface Ack {
  readonly t: "ack";
  readonly mid: number;
  readonly seq: number;
  readonly version: number;
  readonly keys: readonly string[];
  readonly dropped: readonly string[];
  readonly made: readonly string[];
}

/** Nothing was changed. `reason` is a sentence for the person. */
export interface Refused {
  readonly t: "refused";
  readonly mid: number;
  readonly code: "locked" | "invalid" | "forbidden" | "too_old" | "busy" | "gone" | "unknown";
  readonly reason: string;
}

/** Why a text refuses to be changed. `by` and `at` are empty where the paper came so. */
export interface Closed {
  readonly status: string;
  readonly by: string;
  readonly for: string;
  readonly at: string;
  readonly reason: string;
}

/** The answer to `read`: the option as it is after event `seq`; `content` null: it is gone. */
export interface OptionText {
  readonly t: "text";
  readonly seq: number;
  readonly option: string;
  readonly provision: string | null;
  readonly kind: string;
  readonly version: number;
  readonly content: Json | null;
  readonly closed: Closed | null;
}

/**
 * The provision's fresh HTML as event `seq` left it; null: it is gone.
 *
 * `after`: the key of the provision before it on the page, null for the first.
 */
export interface Shown {
  readonly t: "shown";
  readonly seq: number;
  readonly provision: string;
  readonly against: string;
  readonly html: string | null;
  readonly after: string | null;
}

/** What tells of the paper as a whole, as event `seq` left it: outline and tallies. */
export interface Outlined {
  readonly t: "outlined";
  readonly seq: number;
  readonly against: string;
  readonly html: string;
}

/** Every second: the seq of the draft's last event, and that the line is alive. */
export interface Head {
  readonly t: "head";
  readonly seq: number;
}

/** One open page of one person. */
export interface Person {
  readonly sid: string;
  readonly name: string;
  readonly part: string;
  readonly for: string;
  readonly option: string | null;
  readonly version: number;
  readonly anchor: number;
  readonly head: number;
  readonly typing: boolean;
}

/** Everybody, after `welcome`; the page's own entry is among them. */
export interface WhoIsHere {
  readonly t: "who";
  readonly people: readonly Person[];
}

/** Somebody came, moved, or changes for whom they write. */
export interface WhoChanged {
  readonly t: "who_changed";
  readonly person: Person;
}

/** Somebody went. */
export interface WhoLeft {
  readonly t: "who_left";
  readonly sid: string;
}

/** A paper, or the reading of a file, has moved on. `progress`: 0 to 100. */
export interface Hint {
  readonly t: "hint";
  readonly kind: "paper" | "import";
  readonly id: number;
  readonly state: string;
  readonly progress: number;
}

/** The page must be fetched afresh; the socket closes with 4408. */
export interface Resync {
  readonly t: "resync";
  readonly reason: "behind" | "slow" | "unknown";
}

export type Deed =
  | AddProvision
  | DeleteProvision
  | SplitProvision
  | JoinProvision
  | MoveProvision
  | ShiftLevel
  | AddOption
  | RemoveOption
  | Attribute
  | AttributeSpan
  | AddNote
  | SettlePending
  | PairBracket
  | LiftBracket
  | MoveStatus
  | TakePosition
  | TiePackage
  | UntiePackage
  | Place
  | LeadFloor
  | Editorial
  | Mend
  | FoldOptions
  | UnfoldOption
  | OrderOptions
  | LetStand
  | ChooseOption
  | DecideBracket
  | BracketAround
  | TakeUp
  | WithdrawProposal
  | RetainNot
  | Together
  | Undo;

export type Said =
  | Hello
  | Commit
  | Act
  | Since
  | Read
  | View
  | Presence;

export type Told =
  | Welcome
  | Happened
  | Ack
  | Refused
  | OptionText
  | Shown
  | Outlined
  | Head
  | WhoIsHere
  | WhoChanged
  | WhoLeft
  | Hint
  | Resync;

export const NOT_UNDERSTOOD = 4400;
export const NOT_FOR_YOU = 4404;
export const RESYNC = 4408;
export const CLIENT_TAKEN = 4409;
export const TOO_MUCH = 4429;
export const TRY_LATER = 1013;
