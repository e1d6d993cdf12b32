// What outlasts the page: the confirmed text, own work on top, the batch in flight, the tray.
//
// - One record a client, written whole, so that no half of it can be read.
// - `mid` is one that was never given, and none above it was.

import { docFrom, stepFrom, type Json } from "./schema.ts";
import { asOwn, Torn, type Own } from "./rebase.ts";
import type { Flight } from "./batch.ts";
import type { Place, TrayEntry } from "./contract.ts";
import type { OptionText } from "./option.ts";

type Packed = Pick<KeptOption, "version" | "content" | "own" | "flight" | "held">;

export interface KeptOption {
  readonly option: string;
  readonly provision: string;
  readonly place?: Place | null; // where it stood when the work began; an earlier release kept none
  readonly seq: number; // the text is as it was after this event
  readonly version: number;
  readonly content: Json;
  readonly own: readonly KeptStep[];
  readonly flight: KeptFlight | null;
  readonly held: boolean;
  readonly torn: boolean; // events were missed for good: the text must be fetched afresh
}

type KeptFlight = Omit<Flight, "ground" | "missed"> & {
  readonly ground: Json;
  readonly missed: readonly Json[] | null;
};

interface KeptStep {
  readonly step: Json;
  readonly for: string;
  readonly item: string;
  readonly overrun: string;
}

export interface Kept {
  readonly mid: number;
  readonly at: number; // when the line was last alive, milliseconds since 1970
  readonly options: readonly KeptOption[];
  readonly tray: readonly TrayEntry[];
}

export interface Store {
  /** Resolves when it is on disk. Calls do not overlap. */
  save(kept: Kept): Promise<void>;
  /** What was saved before is no more: nothing of it is sent again. */
  forget(): Promise<void>;
}

export const NOTHING: Kept = { mid: 1, at: 0, options: [], tray: [] };

export function pack(text: OptionText): Packed {
  return {
    version: text.version,
    content: text.confirmed.toJSON() as Json,
    own: text.own.map(({ step, forWhom, item, overrun }) => {
      return { step: step.toJSON() as Json, for: forWhom, item, overrun };
    }),
    flight: text.flight && {
      ...text.flight,
      ground: text.flight.ground.toJSON() as Json,
      missed: text.flight.missed?.map((step) => step.toJSON() as Json) ?? null,
    },
    held: text.held,
  };
}

/** Null where it is not what `pack` makes in this release. */
export function unpack(kept: KeptOption): OptionText | null {
  try {
    return unpacked(kept);
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError || error instanceof Torn) return null;
    throw error;
  }
}

/** Every text in a step, whatever else it says. */
export function lettersIn(step: unknown): string {
  if (typeof step !== "object" || step === null) return "";
  if (Array.isArray(step)) return step.map(lettersIn).join("");
  const { text, content, slice } = step as { text?: unknown; content?: unknown; slice?: unknown };
  return `${typeof text === "string" ? text : ""}${lettersIn(content)}${lettersIn(slice)}`;
}

function unpacked(kept: KeptOption): OptionText {
  const confirmed = docFrom(kept.content);
  let doc = confirmed;
  const own = kept.own.flatMap((mine): Own[] => {
    const [after, made] = asOwn(doc, [stepFrom(mine.step)], mine.for, mine);
    doc = after;
    return made;
  });
  const { version, held } = kept;
  const flight = kept.flight && {
    ...kept.flight,
    ground: docFrom(kept.flight.ground),
    missed: kept.flight.missed?.map(stepFrom) ?? null,
  };
  return { version, confirmed, doc, own, flight, held };
}
