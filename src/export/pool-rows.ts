/** The claims on a pool, row by row, and what each gets where there is too little: in proportion, or in order. */
import {
  and,
  BLANK,
  compares,
  equals,
  isNumber,
  least,
  minus,
  most,
  number,
  over,
  plus,
  round,
  times,
  when,
  whole,
  ZERO_CELL,
  type Expression,
} from "../writers/formula/expression";
import type { Column, Content, FormulaSheet } from "../writers/formula/sheet";
import { once, sumWhere } from "../writers/formula/standing";

/** Cells above the rows that they look at. */
export interface PoolCells {
  /** Name of the pool, and the year. */
  readonly pool: Expression;
  readonly year: Expression;
  /** Yuan. */
  readonly money: Expression;
  /** Yuan that the rows of one firm may claim together; blank for no such cap. */
  readonly cap: Expression;
  /** Fen that are shared out, and fen of all claims. */
  readonly fen: Expression;
  readonly claimed: Expression;
  /** Digits of claims are divided one by one; a digit has so many values. */
  readonly base: Expression;
  /** Fen that are left when each claim has its whole fen. */
  readonly missing: Expression;
  /** The month of those that say none: behind all others. */
  readonly lastMonth: Expression;
}

type RowContent = Content | ((row: number) => Content);

/** What stands in the first columns, row by row. */
export interface PoolSources {
  readonly row: RowContent;
  readonly firm: RowContent;
  readonly object: RowContent;
  readonly policy: RowContent;
  readonly year: RowContent;
  /** A cell of another sheet, or what is entered here at first. */
  readonly month: Expression | ((row: number) => Content);
  readonly poolName: RowContent;
  readonly award: RowContent;
}

export interface PoolRows {
  readonly poolName: Column;
  readonly year: Column;
  readonly month: Column;
  readonly award: Column;
  readonly claim: Column;
  readonly floor: Column;
  readonly shared: Column;
  readonly inOrder: Column;
}

const DIGITS = ["高位", "中位", "低位"];

export function addPoolRows(sheet: FormulaSheet, sources: PoolSources, cells: PoolCells): PoolRows {
  sheet.add("行", "name", "whole", sources.row);
  const firm = sheet.add("企业", "stored", "text", sources.firm);
  sheet.add("合同", "stored", "text", sources.object);
  sheet.add("政策", "stored", "text", sources.policy);
  const year = sheet.add("年度", "stored", "whole", sources.year);
  const poolName = sheet.add("资金池", "stored", "text", sources.poolName);
  const said =
    typeof sources.month === "function"
      ? sheet.add("申领月份（可填）", "input", "whole", sources.month).here
      : sources.month;
  const month = sheet.add(
    "月份",
    "stored",
    "whole",
    when(and(isNumber(said), compares(said, ">", ZERO_CELL)), said, cells.lastMonth),
  );
  const award = sheet.add("奖补额", "stored", "money", sources.award);
  const own = when(
    and(equals(poolName.here, cells.pool), equals(year.here, cells.year), isNumber(award.here)),
    award.here,
    ZERO_CELL,
  );
  const capped = once((): Expression => {
    const claimed = sumWhere(sheet, "above", [{ column: firm, sign: "=", with: firm.here }], claim);
    // A row without a firm counts as one of its own.
    const before = when(equals(firm.here, BLANK), ZERO_CELL, claimed);
    const left = most(ZERO_CELL, round(minus(cells.cap, before), 2));
    return when(equals(cells.cap, BLANK), own, least(own, left));
  });
  const claim: Column = sheet.add("申领额", "figure", "money", capped);
  const { floor, order } = divided(sheet, claim, cells);
  const shared = sheet.add(
    "按比例分得",
    "result",
    "money",
    over(
      when(
        and(compares(order.here, ">", ZERO_CELL), compares(order.here, "<=", cells.missing)),
        plus(floor.here, number(1)),
        floor.here,
      ),
      number(100),
    ),
  );
  const before = sheet.add(
    "先前各笔申领",
    "account",
    "money",
    round(
      plus(
        sumWhere(sheet, "all", [{ column: month, sign: "<", with: month.here }], claim),
        sumWhere(sheet, "above", [{ column: month, sign: "=", with: month.here }], claim),
      ),
      2,
    ),
  );
  const inOrder = sheet.add(
    "按先后分得",
    "result",
    "money",
    most(ZERO_CELL, least(claim.here, round(minus(cells.money, before.here), 2))),
  );
  return { poolName, year, month, award, claim, floor, shared, inOrder };
}

/** Claim × pool ÷ all claims in fen, as one divides on paper: so no product has more than 15 digits. */
function divided(
  sheet: FormulaSheet,
  claim: Column,
  { fen, claimed, base }: PoolCells,
): { floor: Column; order: Column } {
  const own = sheet.add("申领额（分）", "account", "whole", round(times(claim.here, number(100))));
  const high = whole(over(own.here, times(base, base)));
  const upTo = whole(over(own.here, base));
  const digits = [high, minus(upTo, times(high, base)), minus(own.here, times(upTo, base))];
  let rest: Column | undefined;
  let all: Expression = ZERO_CELL;
  for (const [d, digit] of digits.entries()) {
    const product = times(digit, fen);
    const dividend = sheet.add(
      `${DIGITS[d]}：被除数`,
      "account",
      "whole",
      rest ? plus(times(rest.here, base), product) : product,
    );
    const guess = whole(over(dividend.here, claimed));
    // Some spreadsheets take a quotient just below a whole number for that number.
    const exact = when(compares(times(guess, claimed), ">", dividend.here), minus(guess, number(1)), guess);
    const quotient = sheet.add(
      `${DIGITS[d]}：商`,
      "account",
      "whole",
      when(equals(claimed, ZERO_CELL), ZERO_CELL, exact),
    );
    rest = sheet.add(`${DIGITS[d]}：余数`, "account", "whole", minus(dividend.here, times(quotient.here, claimed)));
    all = d ? plus(times(all, base), quotient.here) : quotient.here;
  }
  const left = rest!;
  const floor = sheet.add("整分", "account", "whole", all);
  const same = { column: left, sign: "=", with: left.here } as const;
  const ahead = [
    sumWhere(sheet, "all", [{ column: left, sign: ">", with: left.here }]),
    sumWhere(sheet, "all", [same, { column: claim, sign: ">", with: claim.here }]),
    sumWhere(sheet, "above", [same, { column: claim, sign: "=", with: claim.here }]),
  ].reduce(plus);
  const order = sheet.add(
    "余分次序",
    "account",
    "whole",
    when(equals(left.here, ZERO_CELL), ZERO_CELL, plus(number(1), ahead)),
  );
  return { floor, order };
}
