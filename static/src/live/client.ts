// The name of a client: made once, by chance.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/** 22 characters by chance, of those that may stand in an id. */
export function randomClient(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return [...bytes].map((byte) => LETTERS.charAt(byte % 64)).join("");
}
