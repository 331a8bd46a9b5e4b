/** Our functions as WPS calls them: single cells as they are, ranges as tables, what is left out as undefined. */
import { FUNCTION_NAMES } from "../../src/functions/declared";
import { localName } from "../../src/host/wps-spelling";
import { register } from "../../src/wps/register";
import { FakeWps } from "../host/wps";
import { OUR_FUNCTIONS } from "../workbench/our-functions";

const ROWS = [
  ["企业", "金额", "国产算力"],
  ["甲", 10_000_000, "是"],
  ["乙", 1_000_000, ""],
];

function registered(others: readonly FakeWps[] = []) {
  const wps = new FakeWps({ 表: ROWS });
  wps.others.push(...others);
  register(wps.application(), OUR_FUNCTIONS.implementations);
  return { wps, answer: (formula: string) => wps.calculate(formula, wps.sheets[0]!) };
}

const VALUE = [[-2146826273]];

test("every function is registered once", () => {
  expect([...registered().wps.functions.keys()].sort()).toEqual(
    FUNCTION_NAMES.map((id) => `BUTIE.${localName(id)}`).sort(),
  );
});

test("cells, ranges, constants; a row that cannot be computed shows its error, the others their awards", () => {
  const { answer } = registered();
  expect(answer('BUTIE.SUANLI_QUAN(B2,C2,"binjiang",2026)')).toEqual([[6_000_000]]);
  expect(answer('BUTIE.BUTIE("bj-6-suanli",A1:C1,A2:C3,2026)')).toEqual([[6_000_000], VALUE[0]]);
  expect(answer('BUTIE.BUTIE("bj-6-suanli",{"金额","国产算力"},B2:C2,2026)')).toEqual([[6_000_000]]);
  expect(answer('BUTIE.SUANLI_QUAN(B2,"也许","binjiang",2026)')).toEqual(VALUE);
});

test("what is left out is the pick of the workbook, as it is when the function is called", () => {
  const { wps, answer } = registered();
  expect(answer("BUTIE.SUANLI_QUAN(B2,C2)")).toEqual([[3_000_000]]);
  wps.names.push({ name: "BUTIE_JURISDICTION", refersTo: '="binjiang"' });
  expect(answer("BUTIE.SUANLI_QUAN(B2,C2,,2026)")).toEqual([[6_000_000]]);
});

test("open workbooks with different picks: a call that leaves one out is refused, for nobody knows whose it is", () => {
  const other = new FakeWps({ 表: [[]] });
  const { answer } = registered([other]);
  expect(answer("BUTIE.SUANLI_QUAN(B2,C2)")).toEqual([[3_000_000]]);
  other.names.push({ name: "BUTIE_JURISDICTION", refersTo: '="binjiang"' });
  expect(answer("BUTIE.SUANLI_QUAN(B2,C2)")).toEqual(VALUE);
  expect(answer('BUTIE.SUANLI_QUAN(B2,C2,"zhejiang",2026)')).toEqual([[3_000_000]]);
});
