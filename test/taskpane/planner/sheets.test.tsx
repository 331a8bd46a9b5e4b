/** The sheets that the planner inserts, in the workbench's own engine: their cells show the pane's figures, before and after edits. */
import { act, configure, screen, waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import type { CellValue, Workbook } from "../../../src/host/workbook";
import { headless, type Headless } from "../../host/headless";
import { OUR_FUNCTIONS } from "../../workbench/our-functions";
import { fill, openPane, openTab } from "../open";

/** Cells as typed, with their header row. */
const CLAIMS: CellValue[][] = [
  ["企业", "申请额", "概率", "上下浮动", "日期"],
  ["甲", 15_000_000, 0.8, 0.1, "2026-02-10"],
  ["乙", 12_000_000, 0.5, 0.1, "2026-01-20"],
  ["甲", 10_000_000, 0.8, 0.1, "2026-03-05"],
  ["丙", 8_000_000.01, 1, 0.1, "2026-03-05"],
  ["丁", 3_000_000, 0.3, 0.1, "2026-05-01"],
  ["", "", "", "", "2026-05-02"],
  ["丁", 500_000, 0.3, 0.1, "2026-06-01"],
];
const ROWS = `2:${CLAIMS.length}`;
const column = (letter: string) => `申请!${ROWS.replace(/\d+/g, (row) => letter + row)}`;

// jsdom has none, and the engine waits for its turn with one.
globalThis.MessageChannel ??= class {
  port1 = { onmessage: undefined as (() => void) | undefined, close: () => undefined };
  port2 = { postMessage: () => void setTimeout(() => this.port1.onmessage?.()), close: () => undefined };
} as unknown as typeof MessageChannel;

// Two engines compute here, the pane and the workbook, perhaps on a loaded machine.
beforeAll(() => configure({ asyncUtilTimeout: 60_000 }));
jest.setTimeout(240_000);

let engine: Headless;
afterEach(() => engine.univer.dispose());

interface Asked {
  readonly claims?: CellValue[][];
  /** Beside the claims. */
  readonly sheets?: Record<string, CellValue[][]>;
  /** Field → text. */
  readonly fields: Readonly<Record<string, string>>;
}

async function plan({ claims = CLAIMS, sheets, fields }: Asked) {
  engine = await headless({ 申请: claims, ...sheets }, true, OUR_FUNCTIONS);
  const added: string[] = [];
  await engine.workbook.addSheet({ name: "结果", cells: [[""]] });
  const host: Workbook = {
    ...engine.workbook,
    // Without a screen nobody selects.
    onSelection: () => () => undefined,
    selection: () => Promise.resolve({ sheet: "结果", address: "A1" }),
    addSheet: async (sheet) => {
      const name = await engine.workbook.addSheet(sheet);
      added.push(name);
      return name;
    },
  };
  await host.setPick({ jurisdiction: "binjiang" });
  const user = await openPane(host);
  await openTab(user, "资金池");
  await screen.findByLabelText("资金池金额");
  await user.click(screen.getByRole("button", { name: "概率、浮动、类别、日期、名次" }));
  await enter(user, { "申请额（元）": column("B"), ...fields });
  for (const part of ["超额时如何分配", "上限与比例", "时间"])
    await user.click(await screen.findByRole("button", { name: part }));
  await settled();
  return { user, host, added };
}

async function enter(user: UserEvent, fields: Readonly<Record<string, string>>) {
  for (const [label, text] of Object.entries(fields)) await fill(user, await screen.findByLabelText(label), text);
}

/** Waits until nothing is read or computed any more. */
async function settled() {
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  await waitFor(() => expect(screen.queryAllByRole("progressbar")).toEqual([]));
}

/** What the tables of the pane show, by their titles: the head, then a row per label. */
function paneTables(): Map<string, string[][]> {
  const tables = screen.getAllByRole("region").filter((region) => region.querySelector("table"));
  const words = (cell: Element) => cell.getAttribute("title")?.replace(/ 元$/, "") ?? cell.textContent;
  const rows = (region: HTMLElement) =>
    [...region.querySelectorAll("tr")].map((row) => [...row.querySelectorAll("th, td")].map(words));
  return new Map(tables.map((region) => [region.getAttribute("aria-label")!, rows(region)]));
}

/** The rows of a copied sheet from the head of its table on; formulas and the values that they show. */
async function copied(sheet: string) {
  const { values, formulas, texts } = await engine.workbook.read((await engine.workbook.usedRange(sheet))!);
  const gap = values.findIndex(([label]) => label === "");
  return { values: values.slice(gap + 1), formulas: formulas.slice(gap + 1), notes: texts.slice(0, gap) };
}

/** Whether a cell holds what the pane shows. */
function shows(value: CellValue | undefined, words: string): boolean {
  const number = Number(words.replace(/[,%]/g, ""));
  if (/^[<>]/.test(words)) return words.startsWith(">") ? Number(value) > 0.9999 : Number(value) < 0.0001;
  if (words === "" || Number.isNaN(number)) return value === words;
  return (
    typeof value === "number" &&
    (words.endsWith("%") ? Math.abs(value * 100 - number) < 0.0051 : Math.abs(value - number) < 0.0051)
  );
}

/** Every sheet against the table of the pane that it is a copy of; `only` the rows that are formulas, or all. */
async function compare(added: readonly string[], only: "formulas" | "all"): Promise<number> {
  const tables = paneTables();
  let compared = 0;
  for (const sheet of added) {
    // A sheet has yuan where the narrow pane has 万元.
    const table = tables.get(sheet) ?? tables.get(sheet.replace("（元）", "（万元）"));
    if (!table) continue;
    const { values, formulas } = await copied(sheet);
    const live = formulas.slice(1).some((row) => row.some(Boolean));
    if (only === "formulas" && !live) continue;
    // The head of a table that is copied into several columns of yuan is spelled out there.
    if (live) expect([sheet, values[0]]).toEqual([sheet, table[0]!.slice(0, values[0]!.length)]);
    for (const [r, row] of values.entries()) {
      if (r === 0 || (only === "formulas" && !formulas[r]!.some(Boolean))) continue;
      for (const [c, value] of row.entries()) {
        const words = table[r]?.[c] ?? "";
        if (c === 0 || shows(value, words)) continue;
        throw new Error(
          `${sheet}, ${String(row[0])}, column ${c}: ${String(value)}, in the pane ${words}; ${formulas[r]![c]}`,
        );
      }
      compared++;
    }
  }
  return compared;
}

const FIRMS = { "企业（同名合并，上限按家）": column("A") };
const ODDS = { "概率（一个数或一列）": column("C") };
const SHORT = { 资金池金额: "0.3", 假设上限: "1000" };

const CASES: [string, Asked, live: number][] = [
  ["firms, two caps, every claim comes", { fields: { ...FIRMS, ...SHORT, 申请日期: column("E") } }, 21],
  ["firms and probabilities", { fields: { ...FIRMS, ...ODDS, ...SHORT } }, 11],
  ["rows on their own, with probabilities", { fields: { ...ODDS, ...SHORT } }, 11],
  ["no cap at present", { fields: { ...FIRMS, ...ODDS, ...SHORT, 单家上限: "" } }, 9],
  [
    "claims of uncertain size",
    { fields: { ...FIRMS, ...ODDS, ...SHORT, "金额上下浮动（一个数或一列，如 ±20%）": column("D") } },
    4,
  ],
  [
    "one probability, a common growth",
    { fields: { ...FIRMS, ...SHORT, "概率（一个数或一列）": "0.7", 整体增长系数: "1.2", 增长上下浮动: "±13%" } },
    4,
  ],
  ["a pool that pays everything", { fields: { ...FIRMS, ...SHORT, 资金池金额: "1" } }, 21],
  [
    "one firm in two spellings, an amount as a text",
    {
      claims: CLAIMS.map((row, k) => (k === 3 ? ["甲　", "10,000,000", ...row.slice(2)] : row)),
      fields: { ...FIRMS, ...ODDS, ...SHORT },
    },
    0,
  ],
];

test.each(CASES)("%s: every sheet shows the pane's figures, its formulas also after edits", async (_, asked, live) => {
  const { user, host, added } = await plan(asked);
  for (const button of screen.getAllByRole("button", { name: /^复制/ })) {
    const before = added.length;
    await user.click(button);
    await waitFor(() => expect(added.length).toBe(before + 1));
  }
  await waitFor(async () => expect(await compare(added, "all")).toBeGreaterThan(20));
  expect(added.filter((sheet) => sheet.includes("万元）"))).toEqual([]);
  for (const sheet of added) {
    const { formulas, values, notes } = await copied(sheet);
    const kinds = new Set(formulas.slice(1).map((row) => row.some(Boolean)));
    const said = notes.flat().join();
    // What will not follow an edit is marked.
    expect([sheet, said.includes("数据改动后请重新复制")]).toEqual([sheet, !kinds.has(true)]);
    if (kinds.size === 2)
      formulas.forEach((row, r) => r > 0 && expect(/ \*$/.test(String(values[r]![0]))).toBe(!row.some(Boolean)));
  }

  await host.write([
    { place: { sheet: "申请", address: "B3" }, cells: [[20_500_000.55]] },
    { place: { sheet: "申请", address: "A5:C5" }, cells: [["戊", 9_000_000, 0.9]] },
    { place: { sheet: "申请", address: "B2" }, cells: [[""]] },
    ...added.map((sheet) => ({ place: { sheet, address: "B2:B4" }, cells: [[25_000_000], [18_000_000], [7_000_000]] })),
  ]);
  await enter(user, { 资金池金额: "0.25", 单家上限: "1800", 假设上限: "700" });
  await user.click(screen.getAllByRole("button", { name: "重新读取" })[0]!);
  await settled();
  await waitFor(async () => expect(await compare(added, "formulas")).toBe(live));
});

test.each([CASES[0]!, CASES[2]!, CASES[3]!])(
  "%s: each figure is inserted as the formula that gives it",
  async (_, asked) => {
    const { user, host } = await plan(asked);
    const place = { sheet: "结果", address: "A1:B1" };
    for (const button of screen.queryAllByRole("button", { name: /^插入公式：/ })) {
      await host.write([{ place, cells: [["", ""]] }]);
      await user.click(button);
      const row = button.closest("tr")!;
      const figures = [...row.querySelectorAll("td")].slice(0, 2).map((cell) => cell.textContent);
      await waitFor(async () => {
        const { values, formulas } = await host.read(place);
        expect(formulas[0]!.every(Boolean)).toBe(true);
        expect([row.textContent, values[0]!.map((value, k) => shows(value, figures[k]!))]).toEqual([
          row.textContent,
          [true, true],
        ]);
      });
    }
  },
);

test("the factor on the rates over a table of contracts follows the table and the pool", async () => {
  const contracts = [
    ["amount", "domestic"],
    [60_000_000, "是"],
    [30_000_000, "否"],
    [90_000_000, "是"],
  ];
  const { user, host, added } = await plan({ sheets: { 合同: contracts }, fields: { ...SHORT, 假设上限: "" } });
  await enter(user, { "表头（一行）": "合同!A1:B1", "数据（与表头同宽）": "合同!A2:B4" });
  const title = "按合同表测算比例系数";
  const compute = async () => {
    await user.click(screen.getByRole("button", { name: "测算" }));
    await settled();
  };
  await compute();
  const table = screen.getByRole("region", { name: title });
  const isBelow = (button: Element) => table.compareDocumentPosition(button) === Node.DOCUMENT_POSITION_FOLLOWING;
  await user.click(screen.getAllByRole("button", { name: /^复制/ }).find(isBelow)!);
  await waitFor(() => expect(added).toEqual([title]));
  expect(await compare(added, "formulas")).toBe(1);
  await host.write([
    { place: { sheet: "合同", address: "A2" }, cells: [[50_000_000]] },
    { place: { sheet: title, address: "B2" }, cells: [[20_000_000]] },
  ]);
  await enter(user, { 资金池金额: "0.2" });
  await compute();
  expect(await compare(added, "formulas")).toBe(1);
});
