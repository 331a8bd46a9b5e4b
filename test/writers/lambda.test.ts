/** Awards as LAMBDA functions of Microsoft 365, computed by an engine that knows LET and LAMBDA: the workbench's. */
import fc from "fast-check";
import { formulasOf } from "../../src/export";
import { award, entryOf, planOf, readingsOf, Refusal, toYuan, type Award, type PlannedRow } from "../../src/rules";
import { isPlanned, readTable, type Cell } from "../../src/tables";
import type { FormulaBook, SourceRow } from "../../src/writers/excel-formula";
import type { Scalar } from "../../src/writers/formula/expression";
import { LONGEST_FORMULA, type NamedFunction } from "../../src/writers/formula/lambda";
import { isFormula } from "../../src/writers/formula/sheet";
import { headless, type Headless } from "../host/headless";
import { planned } from "../rules/claimed";
import { planOfAny, QUANTIFIED, rowsOf } from "../tools/random-rows";
import { workedCases } from "../tools/worked-cases";

// Turns of the form that no clause of the five documents has.
jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const bookOf = (rows: readonly PlannedRow[]): FormulaBook =>
  formulasOf(
    rows.map((row, i): SourceRow => ({ planned: { ...row, firm: undefined, object: undefined }, source: i + 1 })),
    true,
  );

/** A formula as it is typed, for an engine without arguments that may be left out. */
const typed = (formula: string): string =>
  formula.replace(/_xlfn\.ISOMITTED\([^)]*\)/g, "FALSE").replace(/_xlfn\.|_xlpm\.|_xlop\./g, "");

/** The engine with the parameters and the functions of a book, and a sheet of calls. */
async function engineOf({ parameters, functions }: FormulaBook): Promise<Headless> {
  const cells: (string | number)[][] = [];
  for (const { first, list } of parameters) {
    list.forEach(({ value }, p) => {
      const shown = isFormula(value) ? `=${value.text}` : (value ?? "");
      cells[first - 1 + p] = ["", shown as string | number];
    });
  }
  const engine = await headless({ 参数: Array.from(cells, (row) => row ?? [""]), 表: [[""]] });
  const book = engine.api.getActiveWorkbook()!;
  for (const { name, formula } of functions) book.insertDefinedName(name, typed(formula));
  return engine;
}

const lettersOf = (column: number): string =>
  (column >= 26 ? lettersOf(Math.floor(column / 26) - 1) : "") + String.fromCharCode(65 + (column % 26));
const literal = (value: Scalar): string => (typeof value === "number" ? String(value) : `"${value ?? ""}"`);

/** What functions give for rows of their sheets: for one the arguments stand in cells, blank where there is none, for the next in the call. */
async function answers(
  engine: Headless,
  calls: readonly (readonly [NamedFunction, row: number])[],
): Promise<unknown[]> {
  const width = 1 + Math.max(...calls.map(([one]) => one.arguments.length));
  const table = calls.map(([one, row], r) => {
    const given = one.arguments.map(({ given: cell }) => cell(row));
    const words = given.map((value, c) => (row % 2 ? literal(value) : `${lettersOf(c + 1)}${r + 1}`));
    const cells = [`=${one.name}(${words.join(",")})`, ...given.map((value) => value ?? "")];
    return Array.from({ length: width }, (_, c) => cells[c] ?? "");
  });
  // In one go: the engine waits a tenth of a second before it computes.
  await engine.workbook.write([
    { place: { sheet: "表", address: `A1:${lettersOf(width - 1)}${calls.length}` }, cells: table },
  ]);
  return (await engine.workbook.read({ sheet: "表", address: `A1:A${calls.length}` })).values.flat();
}

const WORDS: Partial<Record<Award["outcome"]["kind"], string>> = {
  "not-in-force": "不在有效期内",
  incomplete: "缺少",
  unquantified: "文件未定数字",
  "above-ceiling": "比例过高",
};
const BEYOND = "超出精确范围";

/** Whether a function gives what the rules give for the row by itself; a number that is not exact is refused in words. */
function isRight(answer: unknown, { plan, row }: PlannedRow): boolean {
  const { outcome, fen } = award(plan, row);
  if (typeof answer === "string" && answer.startsWith(BEYOND)) return true;
  if (outcome.kind === "award") return answer === toYuan(fen);
  if (outcome.kind === "not-eligible") return answer === 0;
  if (outcome.kind === "label") return answer === outcome.label.zh;
  return typeof answer === "string" && answer.startsWith(WORDS[outcome.kind]!);
}

/** What-if figures are no arguments of a function. */
const asked = (rows: readonly PlannedRow[]): PlannedRow[] =>
  rows.map((one) => {
    const given = Object.entries(one.row).filter(([name]) => !name.startsWith("whatif_"));
    return { ...one, row: Object.fromEntries(given) };
  });

async function compared(rows: readonly PlannedRow[], most = Infinity) {
  const book = bookOf(asked(rows));
  const engine = await engineOf(book);
  const calls = book.functions.flatMap((one) =>
    Array.from({ length: Math.min(one.rows, most) }, (_, row) => [one, row] as const),
  );
  const shown = await answers(engine, calls);
  engine.univer.dispose();
  const wrong = calls.flatMap(([one, row], c) => {
    const { planned: claim } = book.sheets.find(({ sheet }) => sheet.name === one.sheet)!.rows[row]!;
    if (isRight(shown[c], claim) && shown[c] === one.value(row)) return [];
    return [[one.name, one.arguments.map(({ given }) => given(row)), shown[c], one.value(row)]];
  });
  expect(wrong.slice(0, 5)).toEqual([]);
  const beyond = shown.filter((answer) => typeof answer === "string" && answer.startsWith(BEYOND)).length;
  return { calls: calls.length, beyond };
}

/** The rows of a worked case; those that are refused in words have no formula. */
function rowsOfCase({ instrument, year, rows }: ReturnType<typeof workedCases>[number]): PlannedRow[] {
  const headers = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => headers.map((name) => (row[name] ?? "") as Cell));
  if (!headers.length) return [];
  try {
    return readTable([instrument], headers, values, [year], { year: 2026 }).filter(isPlanned);
  } catch (error) {
    if (error instanceof Refusal) return [];
    throw error;
  }
}

test("every worked case, each row by itself", async () => {
  const { calls, beyond } = await compared(workedCases().flatMap(rowsOfCase));
  expect(calls).toBeGreaterThan(1500);
  expect(beyond).toBeLessThan(calls / 50);
}, 600_000);

test("random rows of every instrument, under any readings, in force or not", async () => {
  const { seed } = fc.readConfigureGlobal();
  const rows = QUANTIFIED.flatMap((id) =>
    fc
      .sample(planOfAny(id, [2024, 2025, 2026, 2028]).chain(rowsOf), {
        numRuns: 2,
        ...(seed !== undefined && { seed }),
      })
      .flat(),
  );
  const { calls, beyond } = await compared(rows, 3);
  expect(calls).toBeGreaterThan(400);
  expect(beyond).toBeLessThan(calls / 4);
}, 600_000);

describe("one function", () => {
  const claim = planned("zj-15-suanli", { amount: 20_000_000, domestic: true });
  const book = bookOf([claim]);
  const [one] = book.functions as [NamedFunction];
  let engine: Headless;
  beforeAll(async () => {
    engine = await engineOf(book);
  });
  afterAll(() => engine.univer.dispose());
  const shows = async (formula: string): Promise<unknown> => {
    const place = { sheet: "表", address: "A1" };
    await engine.workbook.write([{ place, cells: [[formula]] }]);
    return (await engine.workbook.read(place)).values[0]![0];
  };
  const rest = ',"","","","","",""';

  test("is called with the inputs that are needed, the year, then those that may be left out", () => {
    expect(one.name).toBe("SUANLI_QUAN_ZJ_15");
    expect(one.arguments.map(({ name, optional }) => (optional ? `[${name}]` : name))).toEqual([
      ...["合同实际执行金额", "自主算力", "年度"],
      ...["[国家支持的重点领域项目]", "[国家规定比例]", "[国家规定上限]", "[地方比例]", "[本期已获]", "[符合申报条件]"],
    ]);
  });

  test.each([
    // 30 % of 20 million; what is left of 8 million where 3 million were paid before.
    [`20000000,"是",2026${rest}`, 6_000_000],
    [`20000000,TRUE,2026${rest}`, 6_000_000],
    [`20000000,FALSE,2026${rest}`, 2_000_000],
    ['20000000,"是",2026,"","","","",3000000,""', 5_000_000],
    // A date counts by its day: 2027-02-01 and 2024-06-01.
    [`20000000,"是",46419${rest}`, 6_000_000],
    [`20000000,"是",45444${rest}`, "不在有效期内"],
    [`20000000,"是",""${rest}`, "缺少：“年度”"],
    [`"","是",2026${rest}`, "缺少：“合同实际执行金额”"],
    [`20000000,"也许",2026${rest}`, "填写有误：“自主算力”"],
    [`0.001,"是",2026${rest}`, "填写有误：“合同实际执行金额”"],
    ['20000000,"是",2026,"","","","","",FALSE', 0],
    [
      '9999999999999.99,"否",2026,"是",0.123456789,9000000000000,"","",""',
      "超出精确范围：数字过大，或小数多于参数表的“精度”",
    ],
    // Of a column MIN and AND would give one answer for all.
    [`B1:B2,"是",2026${rest}`, "每个参数是一格；整列请用 MAP"],
  ])("%s", async (args, answer) => {
    expect(await shows(`=${one.name}(${args})`)).toBe(answer);
  });

  test("looks at the cells of the parameter sheet", async () => {
    const [, { first, list }] = book.parameters as [unknown, FormulaBook["parameters"][number]];
    const place = { sheet: "参数", address: `B${first + list.findIndex(({ value }) => value === 0.3)}` };
    await engine.workbook.write([{ place, cells: [[0.4]] }]);
    expect(await shows(`=${one.name}(1000000,"是",2026${rest})`)).toBe(400_000);
    await engine.workbook.write([{ place, cells: [[0.3]] }]);
  });
});

describe("what Excel asks of names and formulas", () => {
  const all = QUANTIFIED.flatMap((id) => {
    const entry = entryOf(id);
    const readings = Object.entries(readingsOf(entry.instrument)).flatMap(([name, { options }]) =>
      Object.keys(options).map((option) => ({ [name]: option })),
    );
    const plans = [{}, ...readings].map((chosen) => planOf(entry, { year: 2026 }, { readings: chosen }));
    const different = new Map(plans.map((plan) => [JSON.stringify(plan.readings), plan]));
    return [...different.values()].map((plan): PlannedRow => ({ plan, row: {}, firm: undefined, object: undefined }));
  });
  const { functions } = bookOf(all);

  test("one name for each instrument and set of readings, none like a cell or one of our functions", () => {
    const names = functions.map(({ name }) => name);
    expect(new Set(names).size).toBe(all.filter(({ plan }) => !plan.totals.length).length);
    for (const name of names)
      expect(name).toMatch(/^(SUANLI_QUAN|MOXING_QUAN|YULIAO_QUAN|CHUANGXIN_QUAN|TIEXI|BUTIE)(_[A-Z0-9]+)+$/);
    // No two had to be numbered to be told apart.
    expect(names.filter((name) => names.includes(name.replace(/_\d$/, "")) && /_\d$/.test(name))).toEqual([]);
  });

  test("lengths of formulas and texts, numbers of arguments", () => {
    for (const { formula, arguments: list } of functions) {
      expect(formula.length).toBeLessThanOrEqual(LONGEST_FORMULA);
      expect(list.length).toBeLessThan(253);
      for (const words of formula.match(/"(?:[^"]|"")*"/g) ?? []) expect(words.length).toBeLessThan(255);
    }
  });

  test("marks of a file: what is new, arguments that may be left out, all others and steps; no cell but of 参数", () => {
    const classic = /^(ABS|AND|CHOOSE|COLUMNS|EDATE|IF|INT|ISLOGICAL|ISNUMBER|LEFT|MAX|MIN|N|NOT|OR|ROUND|ROWS|YEAR)$/;
    for (const { formula, arguments: list } of functions) {
      const bare = formula.replace(/"(?:[^"]|"")*"/g, '""');
      const optional = list.flatMap((one) => (one.optional ? [`_xlop.${one.name}`] : []));
      expect(bare.match(/_xlop\.[\p{L}0-9_]+/gu) ?? []).toEqual(optional);
      // Each is declared, as an argument or as a step in front of a comma, before it is used.
      const declared = new Set<string>();
      for (const [, name, sign] of bare.matchAll(/_xl[op][pm]\.([\p{L}0-9_]+)(.)/gu)) {
        if (!declared.has(name!)) expect([name, sign]).toEqual([name, ","]);
        declared.add(name!);
      }
      const rest = bare.replace(/_xl[op][pm]\.[\p{L}0-9_]+/gu, "").replace(/参数!\$B\$\d+/g, "");
      expect(rest).not.toMatch(/[\p{Script=Han}$!\uE000-\uE002]/u);
      const called = new Set([...rest.matchAll(/([A-Z_a-z.]+)\(/g)].map(([, name]) => name!));
      expect([...called].filter((name) => !classic.test(name)).sort()).toEqual([
        "_xlfn.ISOMITTED",
        "_xlfn.LAMBDA",
        "_xlfn.LET",
      ]);
    }
  });
});
