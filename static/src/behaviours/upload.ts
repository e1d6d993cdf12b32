// A file can be dropped, and one sees it go.

import { all } from "../dom.ts";

function input(form: HTMLFormElement): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>("input[type=file]");
}

function name(form: HTMLFormElement): void {
  const files = [...(input(form)?.files ?? [])];
  const place = form.querySelector("[data-chosen]");
  if (!place) return;
  const size = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: "kilobyte",
    maximumFractionDigits: 0,
  });
  const named = files.map((file) => `${file.name} (${size.format(Math.ceil(file.size / 1000))})`);
  place.textContent = named.join(", ");
}

function droppable(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-drop]");
  place?.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("over-it");
  });
  for (const end of ["dragleave", "drop"]) {
    place?.addEventListener(end, () => place.classList.remove("over-it"));
  }
  place?.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = event.dataTransfer?.files;
    const field = input(form);
    if (!files?.length || !field) return;
    if (files.length > 1 && !field.multiple) return;
    field.files = files;
    name(form);
  });
}

/** Sends by a request that tells its progress, then goes where the answer is. */
function send(form: HTMLFormElement): void {
  const row = form.querySelector<HTMLElement>("[data-sending]");
  const bar = row?.querySelector("progress");
  if (row) row.hidden = false;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json, text/html");
  request.upload.onprogress = (event) => {
    if (bar && event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  };
  request.onload = () => arrived(request);
  request.onerror = () => form.submit(); // In the ordinary way: the browser says what is wrong.
  request.send(new FormData(form));
}

/** Where the server sends us on, "" where it gives a page instead. */
function next(request: XMLHttpRequest): string {
  if (!request.getResponseHeader("Content-Type")?.startsWith("application/json")) return "";
  const told: unknown = JSON.parse(request.responseText);
  const found = typeof told === "object" && told !== null && "next" in told ? told.next : "";
  return typeof found === "string" ? found : "";
}

function arrived(request: XMLHttpRequest): void {
  const address = next(request);
  if (address) {
    location.assign(address);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.getElementById("main");
  if (!fresh) {
    location.reload();
    return;
  }
  document.getElementById("main")?.replaceWith(fresh);
  start();
  fresh.querySelector<HTMLElement>(".bad")?.scrollIntoView({ block: "center" });
}

export function start(): void {
  for (const form of all<HTMLFormElement>("form[data-upload]")) {
    droppable(form);
    input(form)?.addEventListener("change", () => name(form));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.getAttribute("aria-busy")) return;
      form.setAttribute("aria-busy", "true");
      send(form);
    });
  }
}
