/** The sheet of the user's own policies. */
import { OWN_SHEET, ownText, writeOwnText } from "../../src/host/own-policies";
import { refusal } from "../../src/host/refusal";
import type { Workbook } from "../../src/host/workbook";

const hostThat = (usedRange: () => Promise<null>) => {
  const added: string[] = [];
  const addSheet = ({ name }: { name: string }): Promise<string> => Promise.resolve((added.push(name), name));
  return { added, host: { usedRange, addSheet } as unknown as Workbook };
};

test("a workbook without the sheet has no text, and the sheet is added", async () => {
  const { added, host } = hostThat(() => Promise.reject(refusal("no-sheet", OWN_SHEET)));
  expect(await ownText(host)).toBe("");
  await writeOwnText(host, "document: {}");
  expect(added).toEqual([OWN_SHEET]);
});

test("where the workbook does not answer, no second sheet is added beside the one that may be there", async () => {
  const { added, host } = hostThat(() => Promise.reject(refusal("editing")));
  await expect(writeOwnText(host, "document: {}")).rejects.toThrow(refusal("editing"));
  expect(added).toEqual([]);
});
