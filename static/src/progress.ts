// How far a long run is: lines of JSON, one after the other, as they come in.

export const LINES = "application/x-ndjson";

export type Line =
  | { kind: "going"; percent: number; doing: string }
  | { kind: "refused"; sentence: string }
  | { kind: "go"; address: string };

/** The line that these words are, or null for what is none. */
export function lineFrom(words: string): Line | null {
  let told: unknown;
  try {
    told = JSON.parse(words);
  } catch {
    return null;
  }
  if (typeof told !== "object" || told === null) return null;
  if ("go" in told && typeof told.go === "string") return { kind: "go", address: told.go };
  if ("refused" in told && typeof told.refused === "string") {
    return { kind: "refused", sentence: told.refused };
  }
  if (!("percent" in told) || typeof told.percent !== "number") return null;
  if (!("doing" in told) || typeof told.doing !== "string") return null;
  return { kind: "going", percent: told.percent, doing: told.doing };
}

/** The lines of a stream, each once it is whole. */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = "";
  for (;;) {
    const { done, value } = await reader.read();
    held += decoder.decode(value, { stream: !done });
    const lines = held.split("\n");
    held = done ? "" : (lines.pop() ?? "");
    yield* lines.filter((line) => line.trim() !== "");
    if (done) return;
  }
}
