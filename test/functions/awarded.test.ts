/** An award on another award, where the row of the other one cannot be read: refused with the number of that row, never taken for none. */
import { answersOf, tableAnswers } from "../../src/functions/table";
import { isRefused, isUnplanned, readTable, scenarioBase, type Given } from "../../src/tables";
import { installCustomFunctions } from "../tools/custom-functions";

installCustomFunctions();

jest.mock("../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../rules/invented.yaml"));

const HEADERS = [
  "政策工具",
  "企业",
  "对象",
  "年度",
  "码头成本",
  "营业收入",
  "码头补助额",
  "合同额",
  "本表其他财政补助",
];
const DOCK = ["inv-dock", "甲", "一号", 2026, 100_000, 10_000_000, "", "", ""] as const;
const MATCH = ["inv-match", "甲", "一号", 2026, "", "", "", "", ""] as const;
const PILE = ["inv-pile", "甲", "一号", 2026, "", "", "", 100_000, ""] as const;
const with_ = (row: readonly Given[], cells: Readonly<Record<string, Given>>): Given[] =>
  HEADERS.map((header, c) => (header in cells ? cells[header] : row[c]));

/** Amounts, or the words for a row; by column and row by row, which agree. */
function answers(...rows: (readonly Given[])[]): unknown[] {
  // A column that no instrument of the table asks for would be refused.
  const filled = HEADERS.flatMap((_, c) => (rows.some((row) => row[c] !== "") ? c : []));
  const [headers, values] = [filled.map((c) => HEADERS[c]!), rows.map((row) => filled.map((c) => row[c]))];
  const args = [[""], headers, values, [""], { year: 2026 }] as const;
  const found = tableAnswers(...args).map(([answer]) => answer);
  const read = readTable(...args);
  expect(answersOf(read)).toEqual(found);
  const { unreadable } = scenarioBase(...args);
  read.forEach((row, r) => {
    if (isUnplanned(row) && isRefused(row.refusal)) expect(unreadable!(r)).toEqual(row.refusal.text);
  });
  return found.map((answer) =>
    typeof answer === "object" ? (answer as { message?: string }).message || answer : answer,
  );
}

const asks = (row: number, other: number, input = "码头补助额"): unknown =>
  expect.stringContaining(`第${row}行：“${input}”要取第${other}行的补助额，而第${other}行无法测算`);

test("the other row is read: 25% of 40,000, and 50% of the contract less both", () => {
  expect(answers(DOCK, MATCH, PILE)).toEqual([40_000, 10_000, 0]);
  expect(answers(MATCH, with_(DOCK, { 码头成本: 20_000 }), PILE)).toEqual([2_000, 8_000, 40_000]);
});

test("a text for an amount, an error of a formula: what asks is refused, and what asks for that", () => {
  const text = with_(DOCK, { 码头成本: "约10万" });
  expect(answers(text, MATCH)).toEqual([expect.stringContaining("约10万"), asks(2, 1)]);
  expect(answers(text, MATCH, PILE)[2]).toEqual(asks(3, 1, "本表其他财政补助"));
  const error = with_(DOCK, { 营业收入: { code: "#REF!" } });
  expect(answers(MATCH, error)).toEqual([asks(1, 2), expect.anything()]);
});

test("the row that cannot be read is that of another object, another year, or no longer in force: it does not matter", () => {
  const text = { 码头成本: "约10万" };
  expect(answers(with_(DOCK, { ...text, 对象: "二号" }), DOCK, MATCH)[2]).toBe(10_000);
  expect(answers(with_(DOCK, { ...text, 年度: 2027 }), DOCK, MATCH)[2]).toBe(10_000);
  expect(answers(with_(DOCK, { 营业收入: { code: "#REF!" }, 年度: 2030 }), DOCK, MATCH)[2]).toBe(10_000);
  // For the ceiling on all public money of the policy a row of a later year does not count, one of an earlier year does.
  const later = with_(PILE, { 年度: 2027 });
  expect(answers(with_(DOCK, { ...text, 年度: 2027 }), PILE)[1]).toBe(40_000);
  expect(answers(with_(DOCK, text), later)[1]).toEqual(asks(2, 1, "本表其他财政补助"));
});

test("an object, a year or an instrument that cannot be read may be any", () => {
  for (const header of ["对象", "年度", "政策工具"])
    expect(answers(DOCK, with_(DOCK, { [header]: { code: "#N/A" } }), MATCH)[2]).toEqual(asks(3, 2));
  // No row: nothing to be known.
  expect(
    answers(
      DOCK,
      with_(MATCH, {}),
      HEADERS.map(() => ""),
    ),
  ).toEqual([40_000, 10_000, 0]);
});

test("an amount that is entered asks for no other row", () => {
  expect(answers(with_(DOCK, { 码头成本: "约10万" }), with_(MATCH, { 码头补助额: 8_000 }))[1]).toBe(2_000);
});
