/** 重叠与补差: of several rows for one object only one is paid, and a row that was paid a lower award before gets the difference. */
import type { AwardSheet } from "../../writers/formula/award-sheet";
import {
  and,
  anyNumber,
  asNumber,
  BLANK,
  call,
  compares,
  differs,
  equals,
  isNumber,
  joined,
  looked,
  minus,
  most,
  number,
  plus,
  round,
  text,
  when,
  ZERO_CELL,
  type Expression,
} from "../../writers/formula/expression";
import { FormulaSheet, type Column } from "../../writers/formula/sheet";
import { once, sumWhere, type StandingSheet } from "../../writers/formula/standing";
import type { Contracts } from "./contracts";

export interface Overlaps {
  readonly sheet: FormulaSheet;
  readonly kept: StandingSheet["kept"];
  readonly keptInScenario: StandingSheet["kept"];
  /** 1 where an object has rows of several years and several policies, which only our functions judge. */
  readonly mixed: Column;
  readonly award: Column;
  readonly difference: Column;
}

/** The cell of the row in the sheet of its instrument: those of the other sheets are empty. */
export function chosenOf(cells: () => readonly Column[]): () => Expression {
  return once(() => {
    const list = cells().map((column) => column.beside);
    const words = list.reduce(joined);
    return cells()[0]!.form.format === "text" ? words : when(anyNumber(...list), totalIn(list), words);
  });
}

const totalIn = (cells: readonly Expression[]): Expression =>
  call("SUM", cells, (row) =>
    cells.reduce((sum, cell) => {
      const value = cell.value(row);
      return typeof value === "number" ? sum + value : sum;
    }, 0),
  );

export function overlapsOf(
  { sheet: contracts, policy, firm, object, year }: Contracts,
  place: Column,
  sheets: (kind: "base" | "scenario") => readonly AwardSheet[],
): Overlaps {
  const sheet = new FormulaSheet("重叠与补差", contracts.first, contracts.length);
  const shown = (header: string, column: Column): Column =>
    sheet.add(header, "stored", column.form.format, looked(column.beside));
  shown("企业", firm);
  const [contract, instrument, claimed] = [shown("合同", object), shown("政策", policy), shown("年度", year)];
  const sameObject = { column: contract, sign: "=", with: contract.here } as const;
  const isNamed = (then: Expression, otherwise: Expression): Expression =>
    when(equals(contract.here, BLANK), otherwise, then);
  sheet.add("同一合同的行数", "test", "whole", isNamed(sumWhere(sheet, "all", [sameObject]), BLANK));
  const otherYear = { column: claimed, sign: "<>", with: claimed.here } as const;
  const mixed = sheet.add(
    "多年又多项",
    "check",
    "whole",
    isNamed(
      when(
        and(
          compares(
            sumWhere(sheet, "all", [sameObject, { column: instrument, sign: "<>", with: instrument.here }]),
            ">",
            ZERO_CELL,
          ),
          compares(sumWhere(sheet, "all", [sameObject, otherYear]), ">", ZERO_CELL),
        ),
        number(1),
        ZERO_CELL,
      ),
      ZERO_CELL,
    ),
  );
  const keptOf = (kind: "base" | "scenario", words: string): StandingSheet["kept"] => {
    // A row has an award in the sheet of its instrument alone.
    const own = once(() => {
      const cells = sheets(kind).map((one) => one.alone!.beside);
      return when(compares(asNumber(place.beside), ">", ZERO_CELL), totalIn(cells), number(-1));
    });
    const alone = sheet.add(`${words}单独测算`, "account", "money", own);
    // One instrument pays for an object again in another year.
    return ({ sheet: own, admission: { names } }, here) => {
      const object = names.object!.here;
      const beaten = (rows: "all" | "above", sign: ">" | "="): Expression => {
        const higher = [
          { column: contract, sign: "=", with: object },
          { column: alone, sign, with: here },
        ] as const;
        const again = [
          { column: instrument, sign: "=", with: policy.beside },
          { column: claimed, sign: "<>", with: names.year.here },
        ] as const;
        return minus(sumWhere(own, rows, higher), sumWhere(own, rows, [...higher, ...again]));
      };
      const isBeaten = differs(plus(beaten("all", ">"), beaten("above", "=")), ZERO_CELL);
      return when(equals(object, BLANK), text("是"), when(isBeaten, text("否"), text("是")));
    };
  };
  const kept = keptOf("base", "");
  const award = sheet.add(
    "奖补额",
    "result",
    "money",
    chosenOf(() => sheets("base").map((one) => one.award)),
  );
  const paid = sheet.add("此前已付（晋升、补差时填）", "input", "money", () => "");
  const difference = sheet.add(
    "应补差额",
    "result",
    "money",
    when(isNumber(award.here), most(ZERO_CELL, round(minus(award.here, paid.here), 2)), award.here),
  );
  const keptInScenario = keptOf("scenario", "情景：");
  return { sheet, kept, keptInScenario, mixed, award, difference };
}
