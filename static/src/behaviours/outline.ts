// The outline follows the reading: the current call is marked in it and named above the paper.

import { all, SWAPPED } from "../dom.ts";

const WIDE = matchMedia("(min-width: 1120px)");
let observer: IntersectionObserver | null = null;
const visible = new Set<string>();

function mark(): void {
  const current = all(".part").find((part) => visible.has(part.id));
  for (const link of all("[data-section]")) {
    const here = link.dataset["section"] === current?.id;
    if (here === link.hasAttribute("aria-current")) continue;
    if (here) {
      link.setAttribute("aria-current", "true");
      link.scrollIntoView({ block: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  const running = document.getElementById("running");
  if (running) running.textContent = current?.dataset["title"] ?? "";
}

function watch(): void {
  observer?.disconnect();
  visible.clear();
  observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) visible.add(entry.target.id);
        else visible.delete(entry.target.id);
      }
      mark();
    },
    { rootMargin: "-20% 0px -70% 0px" },
  );
  for (const part of all(".part")) observer.observe(part);
}

function unfold(): void {
  for (const details of all<HTMLDetailsElement>("[data-open-wide]")) details.open = WIDE.matches;
}

export function start(): void {
  if (!document.getElementById("outline")) return;
  unfold();
  watch();
  WIDE.addEventListener("change", unfold);
  document.addEventListener(SWAPPED, watch);
}
