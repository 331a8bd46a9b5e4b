/** What changed: an instrument beside another version in the pane, and the offer where a workbook was made with other rules. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { screen, waitFor, within } from "@testing-library/react";
import { OWN_SHEET } from "../../src/host/own-policies";
import { ownPolicies, RULES_VERSION, setOwnPolicies } from "../../src/rules";
import { FakeWorkbook } from "./fake-workbook";
import { openPane } from "./open";

const TWO = readFileSync(join(__dirname, "../rules/law/two-versions.yaml"), "utf8").trimEnd();

afterEach(() => setOwnPolicies(undefined));

async function openVoucher() {
  const host = new FakeWorkbook({ Sheet1: [], [OWN_SHEET]: TWO.split("\n").map((line) => [line]) });
  host.stored = { jurisdiction: "hangzhou", year: 2026 };
  const user = await openPane(host);
  await waitFor(() => expect(ownPolicies()).toBeDefined());
  await user.click(await screen.findByRole("button", { name: "某州算力券" }));
  await screen.findByText("与另一项政策或版本对照");
  return { host, user };
}

test("of a year with two versions the last one is shown; beside the one before it stands what changed, and goes into a sheet", async () => {
  const { host, user } = await openVoucher();
  expect(screen.getAllByText("2026-07-01 至 2028-12-31").length).toBeGreaterThan(0);
  const choice = screen.getByLabelText("与哪一项对照");
  await user.selectOptions(choice, "mz-suanli@2025-03-01");
  const rows = within(screen.getByRole("region", { name: "与另一项政策或版本对照" })).getAllByRole("listitem");
  expect(rows.map(({ textContent }) => textContent)).toEqual(
    expect.arrayContaining([
      "按比例 · 其他 → 按比例+10 个百分点本项：20%对方：30%",
      "上限−300 万元本项：800 万元对方：500 万元",
      "按比例 · 国产算力本项：40%对方：（没有）",
    ]),
  );
  await user.click(screen.getByRole("button", { name: "写进新表" }));
  expect(await screen.findByText("已写进“条款对照”。")).toBeInTheDocument();
  expect(host.content["条款对照"]![0]).toEqual(["政策工具", "项目", "之前", "之后", "变化"]);
});

test("a workbook that was made with other rules offers the comparison, and keeps its note until asked", async () => {
  const host = new FakeWorkbook();
  host.noted.set("RULES", "0.9.0");
  const user = await openPane(host);
  expect(await screen.findByText(/按规则 0\.9\.0 版测算，现在是/)).toBeInTheDocument();
  await user.click(screen.getByRole("button", { name: "去对比" }));
  expect(await screen.findByText("与另一个版本对比")).toBeInTheDocument();
  expect(host.noted.get("RULES")).toBe("0.9.0");
  await user.selectOptions(screen.getByLabelText(/年度/), "2027");
  expect(host.noted.get("RULES")).toBe("0.9.0");
  await user.click(screen.getByRole("button", { name: "改记为现行版本" }));
  await waitFor(() => expect(screen.queryByText(/按规则 0\.9\.0 版测算/)).toBeNull());
  expect(host.noted.get("RULES")).toBe(RULES_VERSION.version);
});

test("a new workbook notes the rules when something is picked, and nothing is offered", async () => {
  const host = new FakeWorkbook();
  const user = await openPane(host);
  expect(host.noted.has("RULES")).toBe(false);
  await user.selectOptions(screen.getByLabelText(/年度/), "2027");
  await waitFor(() => expect(host.noted.get("RULES")).toBe(RULES_VERSION.version));
  expect(screen.queryByText(/版测算，现在是/)).toBeNull();
});
