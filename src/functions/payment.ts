/** What several awards for one object still pay, and who pays which part. */
import { noRepeat, ratio, Refusal, refuse, split, toYuan, type Input } from "../rules";
import {
  isBlank,
  isError,
  isNothing,
  isStandIn,
  isTotal,
  nameOf,
  readAmount,
  readInput,
  type Cell,
  type CellError,
  type Given,
  type Matrix,
} from "../tables";
import { errorOf } from "./answer";
import { answered } from "./call";
import { stretch, type Answer } from "./matrix";

/**
 * One answer per row. A row that cannot be read shows why; the other rows on its object cannot be compared and are errors.
 * @throws Refusal where the columns have different heights
 */
export function noRepeatAnswers(objects: readonly Given[], awards: readonly Given[], paid: readonly Given[]): Answer[] {
  if (paid.length === 1 && awards.length > 1 && !isNothing(paid[0])) {
    throw refuse("已付金额应逐行填写，与补贴额对应", "paid must have one row per award");
  }
  const before = paid.length === 1 ? awards.map((_, i) => (i === 0 ? paid[0] : 0)) : paid;
  if (objects.length !== awards.length || before.length !== awards.length) {
    throw refuse("对象、补贴额与已付金额的行数应相同", "objects, awards and paid must have the same number of rows");
  }
  const names = objects.map((cell) => (isError(cell) || isNothing(cell) ? "" : nameOf(cell!)));
  const rows = awards.map((award, i) => noName(names[i]!, i) ?? readRow([objects[i], award, before[i]], i));
  const broken = new Set(rows.flatMap((row, i) => (isFen(row) ? [] : [names[i]])).filter(Boolean));
  const fen = noRepeat(
    names,
    rows.map((row) => (isFen(row) ? row[0] : 0)),
    rows.map((row) => (isFen(row) ? row[1] : 0)),
  );
  return rows.map((row, i) => {
    if (!isFen(row)) return errorOf(row);
    if (!broken.has(names[i])) return toYuan(fen[i]!);
    const object = names[i];
    return errorOf(refuse(`对象“${object}”另有一行有误，无法比较`, `another row of object ${object} is in error`));
  });
}

/** Why a row has no object to compare: it adds up others, or says 无, 同上 and the like. */
function noName(name: string, i: number): Refusal | undefined {
  if (isTotal(name))
    return refuse(`第${i + 1}行：“${name}”是合计行，不是补贴`, `row ${i + 1}: ${name} is a row of totals`);
  if (isStandIn(name))
    return refuse(
      `第${i + 1}行：“${name}”不是对象的名称，没有就留空`,
      `row ${i + 1}: ${name} is no name; leave it blank`,
    );
  return undefined;
}

type Fen = readonly [award: number, paid: number];
const isFen = (row: Fen | Refusal | CellError): row is Fen => Array.isArray(row);

/** Award and paid of a row in fen, or why it cannot be read: an error that came in with a cell, or a refusal. */
function readRow(cells: readonly Given[], i: number): Fen | Refusal | CellError {
  const broken = cells.find(isError);
  if (broken) return broken;
  const [, award, paid] = cells as Cell[];
  try {
    return [readAmount(award), readAmount(paid)];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse(`第${i + 1}行：${error.text.zh}`, `row ${i + 1}: ${error.text.en}`);
  }
}

const SHARE: Input = { kind: "rate", zh: "市级分担比例", en: "share of the city" };

/** Two columns, city and district, per row. @throws Refusal where an argument has several columns */
export function splitAnswers(amounts: Matrix, shares: Matrix): Answer[][] {
  if ([amounts, shares].some(([row]) => row!.length > 1)) {
    throw refuse(
      "金额和分担比例应各为一列，结果占两列",
      "amount and share must be one column each; the result has two",
    );
  }
  const parts = (which: 0 | 1): Answer[][] =>
    stretch([amounts, shares], ([amount, share]) =>
      answered(() => {
        if (isBlank(share as Cell) && !isNothing(amount))
          throw refuse("缺少市级分担比例", "no share of the city given");
        const rate = readInput(SHARE, share as Cell);
        const portion = ratio(typeof rate === "number" ? rate : 0);
        return toYuan(split(readAmount(amount as Cell), portion)[which]);
      }),
    );
  const district = parts(1);
  return parts(0).map((row, r) => [row[0]!, district[r]![0]!]);
}
