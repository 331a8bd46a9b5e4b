import { argumentOf, callsIn } from "../../src/taskpane/formula";

const NAMES = ["BUTIE", "BUTIE.EXPLAIN", "SUANLI_QUAN"];

test.each([
  ["=SUANLI_QUAN(B2,C2)", [{ name: "SUANLI_QUAN", args: ["B2", "C2"], whole: true }]],
  ['=suanli_quan( B2:B9 , "国产" )', [{ name: "SUANLI_QUAN", args: ["B2:B9", '"国产"'], whole: true }]],
  ["=SUANLI_QUAN(B2,C2,,2026)", [{ name: "SUANLI_QUAN", args: ["B2", "C2", "", "2026"], whole: true }]],
  [
    "=ROUND(BUTIE(A1,D5:G5,'a,b(''c'')'!D6:G9),0)",
    [{ name: "BUTIE", args: ["A1", "D5:G5", "'a,b(''c'')'!D6:G9"], whole: false }],
  ],
  [
    '=BUTIE("x",{"amount","domestic"},{1,TRUE;2,FALSE})',
    [{ name: "BUTIE", args: ['"x"', '{"amount","domestic"}', "{1,TRUE;2,FALSE}"], whole: true }],
  ],
  ['="SUANLI_QUAN(1)"', []],
  ["=MY_SUANLI_QUAN(1)", []],
  ["=BUTIE.EXPLAIN(A1,B1:C1,B2:C2)", [{ name: "BUTIE.EXPLAIN", args: ["A1", "B1:C1", "B2:C2"], whole: true }]],
  [
    "=SUANLI_QUAN(SUM(B2,B3),TRUE)+SUANLI_QUAN(B4,0)",
    [
      { name: "SUANLI_QUAN", args: ["SUM(B2,B3)", "TRUE"], whole: false },
      { name: "SUANLI_QUAN", args: ["B4", "0"], whole: false },
    ],
  ],
  ["=SUANLI_QUAN(1", [{ name: "SUANLI_QUAN", args: [], whole: true }]],
])("%s", (formula, calls) => {
  expect(callsIn(formula, NAMES)).toEqual(calls);
});

test.each([
  ["", { kind: "omitted" }],
  ["B2:C5", { kind: "range", place: { sheet: "合同", address: "B2:C5" } }],
  ["$B$2", { kind: "range", place: { sheet: "合同", address: "B2" } }],
  ["'我的 表'!$B$2:B9", { kind: "range", place: { sheet: "我的 表", address: "B2:B9" } }],
  ["D1#", { kind: "spill", place: { sheet: "合同", address: "D1" } }],
  ["1e6", { kind: "values", values: [[1_000_000]] }],
  ["30%", { kind: "values", values: [[0.3]] }],
  ["TRUE", { kind: "values", values: [[true]] }],
  ['"say ""hi"""', { kind: "values", values: [['say "hi"']] }],
  [
    '{1,TRUE;2,"x"}',
    {
      kind: "values",
      values: [
        [1, true],
        [2, "x"],
      ],
    },
  ],
  ["HSTACK(B2:B9,D2:D9)", { kind: "columns", columns: ["B2:B9", "D2:D9"] }],
  ["CHOOSE({1,2},B2:B9,D2:D9)", { kind: "columns", columns: ["B2:B9", "D2:D9"] }],
  ["IF({1,0,0},A1,IF({0,1},B1,C1))", { kind: "columns", columns: ["A1", "B1", "C1"] }],
  ["CHOOSE(2,A1,B1)", { kind: "expression", text: "CHOOSE(2,A1,B1)" }],
  ["IF(A1,B1,C1)", { kind: "expression", text: "IF(A1,B1,C1)" }],
  ["HSTACK(A1,B1)*2", { kind: "expression", text: "HSTACK(A1,B1)*2" }],
  ["{1,A1}", { kind: "expression", text: "{1,A1}" }],
  ["B2*1.06", { kind: "expression", text: "B2*1.06" }],
  ["金额", { kind: "expression", text: "金额" }],
])("the argument %j", (text, argument) => {
  expect(argumentOf(text, "合同")).toEqual(argument);
});
