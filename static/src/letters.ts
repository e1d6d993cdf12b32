// What a key makes of words that are typed where no editor takes them.

export const ENTER = "\r"; // a line end that was pasted is "\n": it makes no item

/** The words after one more key; null where the key is no word's. */
export function withKey(words: string, key: string): string | null {
  if ([...key].length === 1) return words + key;
  if (key === "Backspace") return [...words].slice(0, -1).join("");
  return key === "Enter" ? words + ENTER : null;
}
