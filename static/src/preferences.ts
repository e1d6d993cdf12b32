// What a reader chose, kept in this browser. A browser that keeps nothing still works.

export type Theme = "light" | "dark" | "system";
export type Layout = "below" | "side";

export interface Preferences {
  readonly theme: Theme;
  readonly options: Layout;
  readonly spoken: boolean;
  readonly keys: boolean;
}

const KEY = "drafting.preferences";
export const DEFAULTS: Preferences = {
  theme: "system",
  options: "below",
  spoken: false,
  keys: true,
};

/** The preferences in `text`; whatever is not understood is at its default. */
export function parsed(text: string | null): Preferences {
  const data = record(text);
  return {
    theme: data["theme"] === "light" || data["theme"] === "dark" ? data["theme"] : "system",
    options: data["options"] === "side" ? "side" : "below",
    spoken: data["spoken"] === true,
    keys: data["keys"] !== false,
  };
}

function record(text: string | null): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(text ?? "{}");
    return typeof data === "object" && data !== null ? { ...data } : {};
  } catch {
    return {};
  }
}

/** What is kept here, or the defaults where the browser forbids keeping. */
export function stored(): Preferences {
  try {
    return parsed(localStorage.getItem(KEY));
  } catch {
    return DEFAULTS;
  }
}

/** Keeps the changed preferences and shows them. */
export function change(some: Partial<Preferences>): Preferences {
  const next = { ...stored(), ...some };
  try {
    localStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Kept for this page only.
  }
  applied(document.documentElement, next);
  return next;
}

/** Puts the preferences on the root element, where the style sheet reads them. */
export function applied(root: HTMLElement, preferences: Preferences): void {
  if (preferences.theme === "system") delete root.dataset["theme"];
  else root.dataset["theme"] = preferences.theme;
  root.dataset["options"] = preferences.options;
  root.toggleAttribute("data-spoken", preferences.spoken);
}
