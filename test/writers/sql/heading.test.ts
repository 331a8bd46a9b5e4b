/** The head of a printed query: what a data engineer who does not know the project has to be told. */
import { entryOf, planOf } from "../../../src/rules";
import { CLICKHOUSE, DUCKDB, POSTGRESQL, sqlOf, type ClaimsTable } from "../../../src/writers/sql";
import { QUANTIFIED } from "../../tools/random-rows";

const queryOf = (id: string, table: Partial<ClaimsTable> = {}, dialect = DUCKDB): string => {
  const plan = planOf(entryOf(id), { year: 2026 });
  const names = Object.keys(plan.entry.instrument.inputs ?? {});
  const inputs = Object.fromEntries(names.map((name) => [name, name]));
  return sqlOf([plan], { name: ["claims"], row: "id", inputs, ...table }, dialect);
};
const headOf = (query: string): string[] =>
  query.split("\n").filter((_, l, all) => all.slice(0, l + 1).every((one) => one.startsWith("--")));

test("how it is run, the table, each column with its type and unit, the keys of choices, the result", () => {
  const head = headOf(queryOf("bj-5-standards", { name: ["dw", "claims"], firm: "企业", object: "标准" })).join("\n");
  expect(head).toMatch(/怎样运行：原样交给 duckdb；只读下面这张表，每行一笔申报（都算作 2026 年）/);
  expect(head).toContain('表 · table "dw"."claims":');
  expect(head).toMatch(/^-- • "id" 行号：不重复的整数/m);
  expect(head).toMatch(/^-- • "企业" 企业：文字/m);
  expect(head).toMatch(/^-- • "标准" 对象（合同、项目）：文字/m);
  expect(head).toMatch(/^-- • "level" 标准级别：文字 · .*（'international' 国际标准、'national' 国家标准/m);
  expect(head).toMatch(/^-- • "rank" 起草单位排名：BIGINT，名次 · /m);
  expect(head).toMatch(/^-- • "already_paid" 同一奖项已发：BIGINT，分 · .*: BIGINT, fen/m);
  expect(head).toMatch(/limit_no 起作用的限额.*by_columns 为真的行这里算不出，记 0/);
  expect(head).toMatch(/读法 · readings: .*rounding=half_up（四舍五入）/);
});

test("what is not in the table, and limits that no column shares out", () => {
  const bare = headOf(queryOf("bj-6-suanli", { inputs: { amount: "jine" } })).join("\n");
  expect(bare).toMatch(/• "jine" 上一年度结算费用：BIGINT，分/);
  expect(bare).toMatch(/表中没有、按默认或未填 · .*: domestic, domestic_fee/);
  expect(bare).toMatch(/注意：没有写明由谁共用的列，每行各有一份这样的限额 · .*: 2 上限（单家企业每年）：2000 万元/);
  expect(headOf(queryOf("bj-6-suanli", { firm: "firm" })).join("\n")).not.toContain("注意");
});

test("the conditions stand in words above the outcome, each limit above its number", () => {
  const lines = queryOf("hz-10-base-build")
    .split("\n")
    .map((line) => line.trim());
  const outcome = lines.findIndex((line) => line.endsWith("AS outcome,"));
  const above = lines
    .slice(0, outcome)
    .reverse()
    .find((line) => line.startsWith("--"));
  expect(above).toMatch(/^-- 条件：.*3/);
  for (const limit of lines.filter((line) => / AS limit_\d+,$/.test(line)))
    expect(lines[lines.indexOf(limit) - 1]).toMatch(new RegExp(`^-- ${/limit_(\d+)/.exec(limit)![1]!} `));
});

test.each(QUANTIFIED)("%s: names and texts stay within their comments", (id) => {
  const evil = `x\n'"; DROP TABLE victims; --\r\\*/`;
  for (const dialect of [DUCKDB, POSTGRESQL, CLICKHOUSE]) {
    const plan = planOf(entryOf(id), { year: 2026 });
    const inputs = Object.fromEntries(
      Object.keys(plan.entry.instrument.inputs ?? {}).map((name) => [name, name + evil]),
    );
    const query = queryOf(id, { name: [evil], row: evil, inputs }, dialect);
    const [, first] = /^(?:--.*\n)+(.*)/.exec(query)!;
    expect(first).toMatch(/^(WITH|SELECT)$/);
  }
});
