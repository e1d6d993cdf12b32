// How most tests of a desk begin: somebody writes, or has a batch on its way.

import type { Told } from "../../live/messages.ts";
import type { OptionHandle } from "../contract.ts";
import { inserted, Table } from "./table.ts";

export async function writing(): Promise<{ table: Table; handle: OptionHandle }> {
  const table = new Table();
  table.welcome();
  return { table, handle: await table.open() };
}

export async function withBatch(): Promise<{ table: Table; handle: OptionHandle }> {
  const { table, handle } = await writing();
  handle.change([inserted("old ", 1)], "");
  await table.rest();
  return { table, handle };
}

export const refused = (mid: number, code: "locked" | "gone" | "forbidden" | "invalid" | "too_old" | "busy"): Told => ({
  t: "refused",
  mid,
  code,
  reason: `It is ${code}.`,
});
