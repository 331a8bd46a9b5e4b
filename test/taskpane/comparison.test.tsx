/** Two versions compared in the pane: a file, or the same under another reading; the result is a sheet. */
import { FluentProvider, webLightTheme } from "@fluentui/react-components";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { I18nextProvider } from "react-i18next";
import { exportBook } from "../../src/export";
import { findJurisdiction } from "../../src/rules";
import { Comparison } from "../../src/taskpane/comparison/comparison";
import { PaneContext, type PaneState } from "../../src/taskpane/context";
import { texts } from "../../src/taskpane/texts";
import { inBinjiang, openPane, openTab } from "./open";

const LEDGER = [
  ["企业", "合同编号", "金额", "国产算力", "政策工具"],
  ["甲", "HT-1", 20_000_000, "是", "bj-6-suanli"],
  ["乙", "HT-2", 1_000_000, "是", "bj-6-suanli"],
];

function older(): File {
  const [headers, ...rows] = LEDGER as [string[], ...(string | number)[][]];
  const values = rows.map((row) => row.map((cell) => (cell === 1_000_000 ? 500_000 : cell)));
  const { bytes } = exportBook(
    { instruments: [], headers, values, years: [2026] },
    { claim: { year: 2026 }, place: "滨江区" },
  );
  const file = new File([bytes.slice()], "旧版.xlsx");
  // The page's own File has it; that of jsdom does not.
  return Object.assign(file, { arrayBuffer: () => Promise.resolve(bytes.buffer) });
}

test("a chosen file is the version before; the sheet says which award moved and why", async () => {
  const host = inBinjiang({ 台账: LEDGER });
  const user = await openPane(host);
  await openTab(user, "冻结与恢复");
  expect(await screen.findByRole("button", { name: "与所选工作簿对比" })).toBeDisabled();
  await user.upload(screen.getByLabelText("之前的工作簿（.xlsx）"), older());
  await user.click(screen.getByRole("button", { name: "与所选工作簿对比" }));
  expect(
    await screen.findByText("1 行不同，1 行相同：12,300,000.00 → 12,600,000.00 元，见“对比”。"),
  ).toBeInTheDocument();
  const rows = host.content.对比!;
  expect(rows.at(-1)!.slice(0, 4)).toEqual(["变动", "算力券（bj-6-suanli）", "乙", "HT-2"]);
  expect(rows.at(-1)!.slice(7, 10)).toEqual([300_000, 600_000, 300_000]);
});

test("a file that is no workbook is refused in words", async () => {
  const user = await openPane(inBinjiang({ 台账: LEDGER }));
  await openTab(user, "冻结与恢复");
  const file = Object.assign(new File(["x"], "x.xlsx"), { arrayBuffer: () => Promise.resolve(new ArrayBuffer(1)) });
  await user.upload(await screen.findByLabelText("之前的工作簿（.xlsx）"), file);
  await user.click(screen.getByRole("button", { name: "与所选工作簿对比" }));
  expect(await screen.findByText(/不是 .xlsx 工作簿/)).toBeInTheDocument();
});

test("what was computed before against the rules of now: nothing differs", async () => {
  const host = inBinjiang({ 台账: LEDGER });
  const user = await openPane(host);
  await openTab(user, "冻结与恢复");
  await user.click(await screen.findByRole("button", { name: "按现行规则重算并对比" }));
  expect(await screen.findByText(/^0 行不同，2 行相同/)).toBeInTheDocument();
});

test("a reading is that of the instrument in hand: another one begins without", async () => {
  const host = inBinjiang({ 台账: LEDGER });
  const user = userEvent.setup({ delay: null });
  const about = (instrument: string) => (
    <FluentProvider theme={webLightTheme}>
      <I18nextProvider i18n={texts}>
        <PaneContext.Provider
          value={
            { instrument, jurisdiction: findJurisdiction("滨江")!, claim: { year: 2026 }, language: "zh" } as PaneState
          }
        >
          <Comparison host={host} />
        </PaneContext.Provider>
      </I18nextProvider>
    </FluentProvider>
  );
  const { rerender } = render(about("bj-6-suanli"));
  await user.selectOptions(screen.getByLabelText("换一种读法"), "cap_period=firm_policy");
  expect(screen.getByRole("button", { name: "这样换了以后对比" })).toBeEnabled();
  rerender(about("bj-8-moxing"));
  expect(screen.getByLabelText("换一种读法")).toHaveValue("");
  expect(screen.getByRole("button", { name: "按现行规则重算并对比" })).toBeEnabled();
});
