/** What several awards for one object still pay, and who pays which part. */
import { noRepeat, readAmount, readInput, refuse, split, toYuan, ZERO, type Cell, type Input } from "../rules";
import { answered } from "./call";
import { isError, stretch, type Answer, type Given, type Matrix } from "./matrix";

/** @throws Refusal where the columns have different heights */
export function noRepeatAnswers(objects: readonly Given[], awards: readonly Given[], paid: readonly Given[]): Answer[] {
  const heights = [objects.length, ...(paid.length > 1 ? [paid.length] : [])];
  if (heights.some((height) => height !== awards.length)) {
    throw refuse("对象、补贴额与已付金额的行数应相同", "objects, awards and paid must have the same number of rows");
  }
  const broken = [...objects, ...awards, ...paid].find(isError);
  if (broken) throw broken;
  const fen = awards.map((cell, i) => readRow(cell as Cell, i));
  const before = awards.map((_, i) => readRow((paid.length > 1 ? paid[i] : i === 0 ? paid[0] : 0) as Cell, i));
  const names = objects.map((cell) => (cell === 0 ? "" : String(cell ?? "").trim()));
  return noRepeat(names, fen, before).map(toYuan);
}

function readRow(cell: Cell, i: number): number {
  try {
    return readAmount(cell);
  } catch {
    throw refuse(
      `第${i + 1}行：${String(cell)}不是可用的金额`,
      `row ${i + 1}: ${String(cell)} is not an acceptable amount`,
    );
  }
}

const SHARE: Input = { kind: "rate", zh: "市级分担比例", en: "share of the city" };

/** Two columns, city and district, per row. */
export function splitAnswers(amounts: Matrix, shares: Matrix): Answer[][] {
  const parts = (which: 0 | 1): Answer[][] =>
    stretch([amounts, shares], ([amount, share]) =>
      answered(() => {
        const rate = readInput(SHARE, share as Cell);
        const portion = typeof rate === "object" ? rate : ZERO.n;
        return toYuan(split(readAmount(amount as Cell), portion)[which]);
      }),
    );
  const district = parts(1);
  return parts(0).map((row, r) => [row[0]!, district[r]![0]!]);
}
