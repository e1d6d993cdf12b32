// Words for people, from the page, where they are translated.

function place(): DOMStringMap {
  return document.getElementById("say")?.dataset ?? {};
}

/** The words `data-<name>` with %n, %s, %w and %o filled in. */
export function say(name: string, fill: Readonly<Record<string, string | number>> = {}): string {
  const words = place()[name] ?? "";
  return words.replaceAll(/%([nswo])/gu, (all, key: string) => String(fill[key] ?? all));
}
