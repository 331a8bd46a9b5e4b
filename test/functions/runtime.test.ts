/** What Excel would receive: the built functions in Microsoft's own custom-functions runtime. `npm run build` comes first. */
import { readFileSync } from "node:fs";
import { CATALOGUE } from "../../src/rules";
import { OfficeRuntime } from "../tools/office-runtime";

const { functions } = JSON.parse(readFileSync("dist/functions.json", "utf8")) as {
  functions: { id: string; parameters: unknown[] }[];
};

/** Excel hands an omitted argument over as null. */
const inFull = (name: string, args: readonly unknown[]): unknown[] =>
  functions.find(({ id }) => id === name)!.parameters.map((_, i) => args[i] ?? null);

let excel: OfficeRuntime;
beforeAll(() => (excel = new OfficeRuntime(readFileSync("dist/functions.js", "utf8"))));
afterAll(() => excel.close());

const error = (code: string, words: RegExp) => ({ error: code, message: expect.stringMatching(words) as string });

// The runtime reports twice a second, so that all calls of a test are made at once.
test("amounts, errors with their messages in their own cells, spilled tables", async () => {
  const [one, column, missing, unknown, table, list] = await Promise.all([
    excel.call("SUANLI_QUAN", [[[12000000]], [["国产"]], [["滨江"]], [[2026]], null]),
    excel.call("SUANLI_QUAN", [[[1000000], [-1], ["x"], [""]], [[true]], null, null, null]),
    excel.call("CHUANGXIN_QUAN", [[[1000000]], [["杭州"]], null, null]),
    excel.call("BUTIE", [[["no-such"]], [["amount"]], [[1]], null]),
    excel.call("BUTIE.EXPLAIN", [[["zj-15-suanli"]], [["amount", "domestic"]], [[12000000, true]], [[2026]]]),
    excel.call("BUTIE.LIST", [[["BJ"]], null, null]),
  ]);
  expect(one).toEqual([[7200000]]);
  expect(column).toEqual([[300000], [error("#VALUE!", /不能为负/)], [error("#VALUE!", /不是金额/)], [0]]);
  expect(missing).toEqual([[error("#N/A", /没有这种券/)]]);
  expect(unknown).toEqual([[error("#N/A", /没有编号为“no-such”/)]]);
  expect(table.slice(0, 2)).toEqual([
    ["限额", "计算", "金额", "起作用", "条款"],
    ["按比例", expect.stringContaining("× 30% = 3,600,000.00"), 3600000, "← 起作用的限额", "四（十五）"],
  ]);
  expect(list).toHaveLength(1 + CATALOGUE.filter(({ jurisdiction }) => jurisdiction.id === "binjiang").length);
});

test("every function of the contract is there and answers without an argument that may be omitted", async () => {
  const calls: [string, unknown[]][] = [
    ["SUANLI_QUAN", [[[1]], [[1]]]],
    ["MOXING_QUAN", [[[1]]]],
    ["YULIAO_QUAN", [[[1]]]],
    ["CHUANGXIN_QUAN", [[[1]], [["滨江"]]]],
    ["ZHINENG_QUAN", [[[1]], [["算力"]]]],
    ["DIEJIA_QUAN", [[[1]], [["算力"]]]],
    ["TIEXI", [[[100]], [[3.5]], [[0.035]]]],
    ["BUTIE", [[["bj-9-chuangxin"]], [["contract_amount"]], [[1]]]],
    ["BUTIE.EXPLAIN", [[["bj-9-chuangxin"]], [["contract_amount"]], [[1]]]],
    ["BUTIE.LIST", []],
    ["BUTIE.TERMS", [[["bj-9-chuangxin"]]]],
    ["BUTIE.RATE", [[["bj-9-chuangxin"]]]],
    ["BUTIE.CAP", [[["bj-9-chuangxin"]]]],
    ["BUTIE.POOL", [[["bj-9-chuangxin"]]]],
    ["BUTIE.CLAUSE", [[["bj-9-chuangxin"]]]],
    ["BUTIE.BEST", [[["compute-voucher"]], [["amount", "domestic"]], [[1, 1]]]],
    ["BUTIE.NOREPEAT", [[["a"]], [[1]]]],
    ["BUTIE.UPGRADE", [[[2]], [[1]]]],
    ["BUTIE.SPLIT", [[[1]], [[0.5]]]],
    ["BUTIE.VERSION", []],
  ];
  const results = await Promise.all(calls.map(([name, args]) => excel.call(name, inFull(name, args))));
  for (const [i, [name]] of calls.entries()) {
    const refused = results[i]!.flat().filter((cell) => typeof cell === "object");
    expect({ name, refused }).toEqual({ name, refused: [] });
  }
});
