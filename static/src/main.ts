// The front end's only entry: it wires behaviours to the page.
export {};
