/** 情景: the totals of the table beside those of scenarios, as our functions computed them, and what each scenario changes. */
import { resultColumns, runScenarios, toYuan, type Scenario, type ScenarioBase } from "../rules";
import { SCENARIO_COLUMNS, scenarioTable } from "../tables";
import { minus, round, written, type Expression } from "../writers/formula/expression";
import { lettersOf, type Format } from "../writers/formula/sheet";
import type { Checks } from "./checks-page";
import type { Sheet, Written } from "./file/sheet";
import { head, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "./looks";
import { Page } from "./page";

export const SCENARIOS = "情景";

export interface ScenarioPage {
  readonly sheet: Sheet;
  readonly check: (checks: Checks) => void;
}

const FORMATS = { text: "text", money: "money", count: "whole", share: "rate" } as const;
const TOTAL_NAME = "补助合计";
const DIFFERENCE = "与基准之差";
/** Settings that are no words; by their names in SCENARIO_COLUMNS. */
const SETTINGS: Readonly<Record<string, Format>> = {
  ...{ rate: "rate", domestic_share: "rate", growth: "rate" },
  ...{ cap: "money", pool: "money", new_firms: "whole" },
};
/** So many scenarios stand side by side on a printed page. */
const ON_A_PAGE = 7;

/**
 * @param total of the awards in this book, which follows its cells
 * @param totalAt where it stands
 */
export function scenarioPage(
  base: ScenarioBase,
  scenarios: readonly Scenario[],
  total: Expression,
  totalAt: string,
): ScenarioPage {
  const results = [...runScenarios(base, scenarios)];
  const [named, ...columns] = resultColumns(results);
  const page = new Page(SCENARIOS).width(30, ...results.map(() => 20));
  page.row({ content: SCENARIOS, style: TITLE });
  page.row({
    content:
      "各情景由补贴测算（BUTIE.SCENARIO）按本簿同一张表、同样的条款和额度重算，是导出时的值；改了参数或输入后不随之变。",
    style: NOTE,
  });
  page.row({
    content: "“与基准之差”“本簿合计”是公式。“本簿合计与基准之差”不为 0，说明本簿在导出后改过：请重新导出，再比较情景。",
    style: NOTE,
  });
  page.row();
  const header = page.next;
  const totalRow = header + 1 + columns.findIndex(({ header: { zh } }) => zh === TOTAL_NAME);
  const settings = header + columns.length + 5;
  page.row(
    { content: "项目", style: head("name") },
    ...results.map((result, r) => ({
      content: named!.of(result, "zh"),
      style: head("name", true),
      link: r ? `${SCENARIOS}!${lettersOf(r + 1)}${settings}` : totalAt,
    })),
  );
  const totalOf = (place: number): Expression => {
    const { refusal, total: fen } = results[place]!;
    return written(`${lettersOf(place + 1)}$${totalRow}`, () => (refusal ? null : toYuan(fen)));
  };
  for (const column of columns)
    page.row(
      { content: column.header.zh, style: WRAPPED },
      ...results.map((result, r): Written => {
        const content = column.of(result, "zh");
        if (column.kind === "text") return { content, style: WRAPPED };
        if (column.header.zh !== DIFFERENCE || content === "")
          return { content, style: look("stored", FORMATS[column.kind], true) };
        const difference = minus(totalOf(r), { ...totalOf(0), text: `$B$${totalRow}` });
        return { content: round(difference, 2), style: look("result", "money", true) };
      }),
    );
  const changed = round(minus(total, totalOf(0)), 2);
  page.row({ content: "本簿合计", style: TOP }, { content: total, style: look("result", "money", true) });
  const changedAt = page.row(
    { content: "本簿合计与基准之差", style: TOP },
    { content: changed, style: look("check", "money", true) },
  );
  page.row();
  page.row({ content: "各情景的设定", style: SECTION });
  settingsRows(page, scenarios);
  return {
    sheet: page.sheet({
      ...{ title: SCENARIOS, header, frozen: { rows: header, columns: 1 } },
      ...(results.length > ON_A_PAGE && {
        besides: { pages: Math.ceil(results.length / ON_A_PAGE), columns: 1 },
      }),
    }),
    check: (checks) =>
      checks.line(
        SCENARIOS,
        "本簿合计与情景的基准之差（改了输入或参数后不为 0）",
        { ...changed, text: `${SCENARIOS}!$B$${changedAt}` },
        `${SCENARIOS}!B${changedAt}`,
        false,
        "money",
      ),
  };
}

/** A line for each thing that one of the scenarios changes. */
function settingsRows(page: Page, scenarios: readonly Scenario[]): void {
  const [names, ...changes] = scenarioTable(scenarios, "zh");
  names!.forEach((label, c) => {
    if (c === 0) return;
    const format = SETTINGS[SCENARIO_COLUMNS.find(({ zh }) => zh === label)?.name ?? ""] ?? "text";
    page.row(
      { content: label ?? "", style: WRAPPED },
      { content: "" },
      ...changes.map((row): Written => {
        const content = row[c] ?? "";
        return { content, style: typeof content === "number" ? look("stored", format, true) : WRAPPED };
      }),
    );
  });
}
