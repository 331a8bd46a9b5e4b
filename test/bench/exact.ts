/**
 * Ten million random and adversarial rows against whole numbers of any size: fen and binding limit of every row, with and
 * without a shared allowance. Longer than a test may take. `npm run bench -- exact`
 */
import { MAX_FEN } from "../../src/rules";
import { bindingOf, columnsAwards, NO_LIMIT, type RowAwards } from "../../src/rules/columns";
import { CAP_YUAN, columnsOfRows, FIRM_CAP_YUAN, RATES, rowsOf, rulePlan, SECOND_RATE, type Rows } from "./common/rule";
import { Numbers } from "./common/numbers";

const ROWS = 1_000_000;
const ROUNDS = 5;
/** A thousandth of a fen: every product of the rule is a whole number of them. */
const THOUSANDTHS = 1000n;
const perThousand = (rate: string): bigint => BigInt(Math.round(Number(rate) * 1000));
const TIER_RATES = RATES.map(perThousand);
const SECOND = perThousand(SECOND_RATE);
const CAP = BigInt(CAP_YUAN) * 100n * THOUSANDTHS;
const FIRM_CAP = BigInt(FIRM_CAP_YUAN) * 100n * THOUSANDTHS;

/** Fen of the rows by BigInt, and the place of the limit that decides. */
function oracle(
  { length, amount, own, tier, eligible, firm }: Rows,
  shared: boolean,
  each: (i: number, fen: number, binding: number) => void,
): void {
  const drawn = new Map<number, bigint>();
  for (let i = 0; i < length; i++) {
    if (!eligible[i]) {
      each(i, 0, NO_LIMIT);
      continue;
    }
    const before = drawn.get(firm[i]!) ?? 0n;
    const left = FIRM_CAP - before;
    const limits = [
      BigInt(amount[i]!) * TIER_RATES[tier[i]!]!,
      BigInt(own[i]!) * SECOND,
      CAP,
      ...(shared ? [left > 0n ? left : 0n] : []),
    ];
    let at = 0;
    limits.forEach((limit, k) => {
      if (limit < limits[at]!) at = k;
    });
    const fen = (limits[at]! * 2n + THOUSANDTHS) / (THOUSANDTHS * 2n);
    if (shared) drawn.set(firm[i]!, before + fen * THOUSANDTHS);
    each(i, Number(fen), at);
  }
}

/** Amounts around the places where a limit takes over, at exact halves of a fen, and up to the largest that is accepted. */
function adversarial(seed: number): Rows {
  const rows = rowsOf(ROWS);
  const numbers = new Numbers(seed);
  const caps = [...RATES, SECOND_RATE].map((rate) => Math.round((CAP_YUAN * 100) / Number(rate)));
  for (let i = 0; i < ROWS; i++) {
    const near = caps[numbers.below(caps.length)]! + numbers.below(41) - 20;
    const anywhere = Math.floor(MAX_FEN * numbers.next() ** 8);
    rows.amount[i] = [near, anywhere, numbers.below(100_000), MAX_FEN - numbers.below(9), rows.amount[i]!][
      numbers.below(5)
    ]!;
    rows.own[i] = [near, anywhere, numbers.below(100_000), MAX_FEN - numbers.below(9), rows.own[i]!][numbers.below(5)]!;
  }
  return rows;
}

function compare(rows: Rows, shared: boolean): number {
  const block = { plan: rulePlan(shared), columns: columnsOfRows(rows), firms: rows.firm };
  const { fen, decisions }: RowAwards = columnsAwards([block], rows.length);
  let wrong = 0;
  oracle(rows, shared, (i, expected, binding) => {
    if (fen[i] === expected && bindingOf(decisions[i]!) === binding) return;
    if (wrong++ === 0)
      console.log(`row ${i}: ${fen[i]} fen by limit ${bindingOf(decisions[i]!)} instead of ${expected} by ${binding}`);
  });
  return wrong;
}

let [checked, wrong] = [0, 0];
for (let round = 0; round < ROUNDS; round++) {
  const rows = adversarial(round + 1);
  for (const shared of [false, true]) {
    wrong += compare(rows, shared);
    checked += rows.length;
  }
}
console.log(`${checked.toLocaleString("en")} rows: ${wrong} wrong`);
if (wrong) process.exitCode = 1;
