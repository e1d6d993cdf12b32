// A batch as the line brings it: what of its event a sheet looks at.

export interface Arrived {
  readonly seq: number;
  readonly by: string;
  readonly for: string;
  readonly client: string | null;
  readonly mid: number | null;
  readonly version: number;
  readonly steps: readonly unknown[];
  readonly keys: readonly string[];
  readonly sum: number;
}
