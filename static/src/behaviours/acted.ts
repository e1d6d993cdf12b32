// The acts that this page has done, the last one last: what can be undone here.

const seqs: number[] = [];

export function remember(seq: number): void {
  seqs.push(seq);
}

export function last(): number | null {
  return seqs.at(-1) ?? null;
}

export function forget(seq: number): void {
  const at = seqs.lastIndexOf(seq);
  if (at >= 0) seqs.splice(at, 1);
}
