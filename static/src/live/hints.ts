// What the server says on the wire: hints that there is something to fetch, never the thing itself.

export type Hint =
  | {
      readonly kind: "paper" | "import";
      readonly id: number;
      readonly state: string;
      readonly progress: number; // 0 to 100
    }
  | { readonly kind: "happened"; readonly what: string; readonly seq: number }; // in the log

/** The hint in a message, or null where it is not understood: a newer server may say more. */
export function decode(text: string): Hint | null {
  const message = record(text);
  const { kind, id, state, progress, seq } = message;
  if ((kind === "paper" || kind === "import") && isCount(id) && typeof state === "string") {
    return { kind, id, state, progress: isCount(progress) ? Math.min(progress, 100) : 0 };
  }
  return typeof kind === "string" && isCount(seq) ? { kind: "happened", what: kind, seq } : null;
}

interface Message {
  readonly kind?: unknown;
  readonly id?: unknown;
  readonly state?: unknown;
  readonly progress?: unknown;
  readonly seq?: unknown;
}

function record(text: string): Message {
  try {
    const message: unknown = JSON.parse(text);
    return typeof message === "object" && message !== null ? message : {};
  } catch {
    return {};
  }
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}
