// What single keys do.

export type Act =
  | "next"
  | "previous"
  | "bracket-next"
  | "bracket-previous"
  | "view"
  | "layout"
  | "history"
  | "copy"
  | "write"
  | "menu"
  | "pending"
  | "behind"
  | "delete"
  | "undo"
  | "tray"
  | "keys"
  | "close";

const ACTS: Readonly<Record<string, Act>> = {
  j: "next",
  n: "next",
  k: "previous",
  p: "previous",
  "]": "bracket-next",
  "[": "bracket-previous",
  v: "view",
  o: "layout",
  h: "history",
  c: "copy",
  e: "write",
  Enter: "write",
  m: "menu",
  y: "pending",
  w: "behind",
  Delete: "delete",
  u: "undo",
  t: "tray",
  "?": "keys",
};

export interface Press {
  readonly key: string;
  readonly modified: boolean;
  readonly writing: boolean;
}

/** What a press of a key does; null where it is somebody else's. */
export function actOf(press: Press, enabled: boolean): Act | null {
  if (press.key === "Escape") return "close";
  if (!enabled || press.modified || press.writing) return null;
  return ACTS[press.key] ?? null;
}
