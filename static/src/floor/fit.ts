// How large the type of a provision may be: as large as the screen holds it whole.

export interface Bounds {
  readonly least: number; // px: smaller is not read from the back of a hall; then one scrolls
  readonly most: number;
}

/** On a screen of that size, in px. A line of the largest type holds some 35 characters. */
export function bounds(width: number, height: number): Bounds {
  const least = Math.max(17, width * 0.0165);
  return { least, most: Math.max(22, Math.min(width * 0.042, height * 0.085), least) };
}

/** The largest whole size at which it fits; the least where it fits at none. */
export function largest(fits: (size: number) => boolean, { least, most }: Bounds): number {
  let [low, high] = [Math.ceil(least), Math.floor(most)];
  if (low >= high || fits(high)) return high;
  while (low < high - 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

const WORTH = 1.15;

/** While somebody types, type grows only where it gains something: words must not breathe. */
export function settled(now: number, best: number, stillFits: boolean): number {
  return stillFits && best < now * WORTH ? now : best;
}
