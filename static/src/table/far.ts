// What lies in provisions that are not in sight, as the server tells it.

import type { FarCase } from "./many.ts";

/** The provisions with these keys; none where they cannot be had. */
export async function farCases(keys: readonly string[]): Promise<readonly FarCase[]> {
  const here = document.getElementById("table")?.dataset["here"] ?? "";
  const query = new URLSearchParams({ keys: keys.join(" ") });
  try {
    const answer = await fetch(`${here}cases/?${query.toString()}`, { credentials: "same-origin" });
    return answer.ok ? ((await answer.json()) as { cases: readonly FarCase[] }).cases : [];
  } catch {
    return [];
  }
}
