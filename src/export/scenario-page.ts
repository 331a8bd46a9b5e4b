/** 情景: the totals of the table beside those of scenarios, as our functions computed them, and what each scenario changes. */
import { resultColumns, runScenarios, type ResultColumn, type Scenario, type ScenarioBase } from "../rules";
import { scenarioTable } from "../tables";
import { minus, round, written, type Expression, type Scalar } from "../writers/formula/expression";
import { lettersOf, type Content } from "../writers/formula/sheet";
import type { Checks } from "./checks-page";
import type { Sheet, Written } from "./file/sheet";
import { head, LINK, look, NOTE, SECTION, TITLE, TOP, WRAPPED } from "./looks";
import { Page } from "./page";

export const SCENARIOS = "情景";

export interface ScenarioPage {
  readonly sheet: Sheet;
  readonly check: (checks: Checks) => void;
}

const FORMATS = { text: "text", money: "money", count: "whole", share: "rate" } as const;
const DIFFERENCE = "与基准之差";

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
  const columns = resultColumns(results);
  const page = new Page(SCENARIOS).width(30, ...columns.slice(1).map(() => 18), 12);
  page.row({ content: SCENARIOS, style: TITLE });
  page.row({
    content:
      "各情景由补贴测算（BUTIE.SCENARIO）按本簿同一张表、每行按各自条款和额度重算，是导出时的值；改了参数或输入后不随之变。",
    style: NOTE,
  });
  page.row({
    content: "“本簿合计”和各差额是公式。不为 0 的“基准与本簿合计之差”说明本簿在导出后改过：请重新导出，再比较情景。",
    style: NOTE,
  });
  const header = page.head(head("name"), ...columns.map(({ header: { zh } }) => zh), "查看");
  const first = page.next;
  const money = columns.findIndex((column) => column.kind === "money");
  const totals = (row: number, value: Content): Expression =>
    written(`$${lettersOf(money)}$${row}`, () => (typeof value === "number" ? value : null));
  const changesAt = first + results.length + 4;
  results.forEach((result, r) => {
    const own = columns[money]!.of(result);
    const cellOf = (column: ResultColumn): Written => {
      const style = look(column.kind === "text" ? "name" : "stored", FORMATS[column.kind], true);
      const value: Scalar = column.of(result, "zh");
      const compared = column.header.zh === DIFFERENCE && value !== "";
      return compared
        ? {
            content: round(minus(totals(first + r, own), totals(first, columns[money]!.of(results[0]!))), 2),
            style: look("result", "money", true),
          }
        : { content: value, style: column.kind === "text" ? WRAPPED : style };
    };
    page.row(...columns.map(cellOf), {
      content: r ? "设定 →" : "汇总 →",
      style: LINK,
      link: r ? `${SCENARIOS}!A${changesAt + r}` : totalAt,
    });
  });
  const stored = totals(first, columns[money]!.of(results[0]!));
  const difference = round(minus(total, stored), 2);
  const besides = (content: Expression, role: "result" | "check"): Written[] => [
    ...columns.slice(1, money).map((): Written => ({ content: "" })),
    { content, style: look(role, "money", true) },
  ];
  page.row({ content: "本簿合计", style: TOP }, ...besides(total, "result"));
  const checked = page.row({ content: "基准与本簿合计之差", style: TOP }, ...besides(difference, "check"));
  page.row();
  page.row({ content: "各情景的设定", style: SECTION });
  const [names, ...changes] = scenarioTable(scenarios, "zh");
  page.head(head("name"), ...names!.map(String));
  for (const row of changes) page.row(...row.map((content) => ({ content: content ?? "", style: WRAPPED })));
  return {
    sheet: page.sheet({ title: SCENARIOS, header, frozen: { rows: header, columns: 1 } }),
    check: (checks) =>
      checks.line(
        SCENARIOS,
        "情景的基准与本簿合计之差（改了输入或参数后不为 0）",
        { ...difference, text: `${SCENARIOS}!$${lettersOf(money)}$${checked}` },
        `${SCENARIOS}!A${checked}`,
        false,
        "money",
      ),
  };
}
