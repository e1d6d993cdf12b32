// Which words of a text are new.

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The stretch of `after` that is not in `before`, to whole words; null where nothing is new. */
export function changed(before: string, after: string): Span | null {
  if (before === after) return null;
  let start = 0;
  while (start < after.length && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  let end = after.length - tail;
  if (start >= end) return null;
  while (start > 0 && isWord(after[start - 1]) && isWord(after[start])) start--;
  while (end < after.length && isWord(after[end]) && isWord(after[end - 1])) end++;
  return { start, end };
}

function isWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}]/u.test(letter);
}
