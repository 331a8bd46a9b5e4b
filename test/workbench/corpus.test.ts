/** Files that others wrote: opened and saved, each comes back as it was; LibreOffice reads what was saved and finds the same values. */
import { readXlsx } from "hucre/xlsx";
import { hasLibreOffice, rewritten, testWithLibreOffice } from "../tools/libreoffice";
import { faultsIn } from "../tools/schema";
import { sharedWorkbooks, testWithShared } from "../tools/shared";
import { MANY } from "./many";
import { closeAll, opened } from "./opened";
import { OUR_FUNCTIONS } from "./our-functions";
import { differences } from "./package";

afterEach(closeAll);

/** Differences but for the computed values of formulas, which these files have made up. */
const beyondValues = (before: Uint8Array, after: Uint8Array) =>
  differences(before, after).filter((line) => {
    const [was, is] = line.split(": ").slice(1).join(": ").split(" -> ");
    const formula = (cell = "") => /<f[^>]*>[^<]*<\/f>|<f[^>]*\/>/.exec(cell)?.[0];
    return !formula(was) || formula(was) !== formula(is);
  });

async function values(bytes: Uint8Array) {
  const { sheets } = await readXlsx(bytes);
  // How far a sheet reaches beyond its content is each writer's own affair.
  const trimmed = <T>(list: readonly T[], empty: (item: T) => boolean) =>
    list.slice(
      0,
      list.reduce((end, item, index) => (empty(item) ? end : index + 1), 0),
    );
  const cells = (row: readonly unknown[]) => trimmed(row, (cell) => cell === null || cell === undefined);
  return sheets.map(({ name, rows }) => [name, trimmed(rows.map(cells), (row) => row.length === 0)]);
}

testWithShared("the workbooks of the shared folder", async () => {
  for (const [name, bytes] of sharedWorkbooks()) {
    const { save } = await opened(bytes, OUR_FUNCTIONS);
    const lost = beyondValues(bytes, save());
    // What spills today stored one value: its formula is marked, over the cells that it fills.
    expect([name, lost.filter((line) => !/cm="1"|: nothing -> <c [^>]*><v>|metadata|Types|rels/.test(line))]).toEqual([
      name,
      [],
    ]);
    closeAll();
  }
});

testWithLibreOffice("a file that LibreOffice wrote, with all that a sheet can have", async () => {
  const bytes = rewritten(MANY);
  const { features, save } = await opened(bytes);
  expect(features.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["validations", "conditionalFormats", "hyperlinks", "comments", "tables"]),
  );
  expect(beyondValues(bytes, save())).toEqual([]);
});

test("after rows and columns were inserted and removed, the schema of the format finds nothing wrong", async () => {
  const { sheet, save, api } = await opened(MANY);
  sheet("合同").insertRows(2, 2);
  sheet("合同").deleteRows(6, 1);
  sheet("合同").insertColumns(1, 1);
  await api.getFormula().onCalculationResultApplied();
  const saved = save();
  const [before, after] = faultsIn([MANY, saved]);
  expect(after).toEqual(before);
  // LibreOffice opens it, and shows the stored values.
  if (hasLibreOffice) expect((await values(rewritten(saved))).map(([name]) => name)).toEqual(["合同", "清单"]);
});

testWithLibreOffice("LibreOffice shows the values of a saved file as they were stored", async () => {
  const { save } = await opened(MANY);
  const [ours, theirs] = [await values(save()), await values(rewritten(save()))];
  expect(theirs).toEqual(ours);
});
