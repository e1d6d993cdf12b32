// The label after a label: a) 1 i). Labels that stand in the text are kept as they were typed;
// this only says what the next line of a list would be called.

const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];
const PARTS = /^(\(?)([a-z]{1,4}|\d{1,3})((?:bis|ter|quater)?)(\)?\.?)$/iu;

/** "b)" after "a)", "3" after "2bis", "ii)" after "i)" where that is a roman one; null where the
 * label is not understood. `roman` says so of a label that could be both ("i)", "v)", "x)"). */
export function nextLabel(label: string | null, roman = false): string | null {
  const [, before = "", core = "", , after = ""] = PARTS.exec(label ?? "") ?? [];
  const next = following(core.toLowerCase(), roman);
  return next === null ? null : before + next + after;
}

function following(core: string, roman: boolean): string | null {
  if (/^\d+$/u.test(core)) return String(Number(core) + 1);
  const place = ROMAN.indexOf(core);
  if (place >= 0 && (roman || core.length > 1)) return ROMAN[place + 1] ?? null;
  if (/^[a-y]$/u.test(core)) return String.fromCharCode(core.charCodeAt(0) + 1);
  return core === "z" ? "aa" : null;
}

/** The first label of a list at this level, below a line with `above`: letters at the first,
 * roman figures below letters, letters below those; figures where no letter is above. */
export function firstLabel(level: number, above: string | null): string | null {
  if (level >= 3) return "a)";
  if (level === 2) return "i)";
  return above && /^\d/u.test(above) ? "1" : "a)";
}

const TYPED = /^(\((?:[a-z]|[ivx]{1,4}|\d{1,2})\)|(?:[a-z]|[ivx]{1,4})\)|\d{1,2}\.?(?:bis|ter)?(?=\t))[\t\u00a0 ]+/u;

/** A label typed before the words of a line, and how much of the line it takes. */
export function typedLabel(line: string): { label: string; length: number } | null {
  const found = TYPED.exec(line);
  return found?.[1] ? { label: found[1], length: found[0].length } : null;
}
