/**
 * The sharing of a pool as one SQL query over a table of claims, to the fen as share() of the rules gives it: in proportion, or in the
 * order in which claims come until nothing is left. A claim in proportion is rounded down, and the missing fen go one each to
 * the largest remainders, among equal remainders to the larger claim, then to the earlier row.
 */
import { refuse } from "../../rules";
import { comment, listOf, type Column, type Dialect, type From, type Group, type Step } from "./dialect";
import { plain } from "./frame";

export const SQL_METHODS = ["proportional", "first_come"] as const;
export type SqlMethod = (typeof SQL_METHODS)[number];

export interface ClaimsOnPool {
  /** Parts of the name: schema, table. */
  readonly name: readonly string[];
  /** A whole number by which rows are told apart, and drawn in order where nothing else orders them. */
  readonly row: string;
  /** Whole fen; a blank claims nothing. */
  readonly claim: string;
  /** First come: whole numbers or days, the smaller first; rows of one day in the order of their numbers. */
  readonly day?: string;
}

/** What sums of claims and pools may come to, so that products stay within the whole numbers of every dialect. */
const MOST_FEN = 2n ** 53n;

/**
 * One row of result per claim: `row_no`, `claim_fen`, `share_fen`.
 * @param pool whole fen
 * @throws Refusal for a pool that is negative or too large
 */
export function shareSql(table: ClaimsOnPool, pool: bigint, method: SqlMethod, dialect: Dialect): string {
  if (pool < 0n || pool >= MOST_FEN) throw refuse("资金池金额过大或为负", "the pool is negative or too large");
  const steps = [
    { name: "claims", words: "申请额，整数分 · the claims in whole fen", text: () => claims(table, dialect) },
    ...(method === "proportional" ? proportional(pool, dialect) : firstCome(dialect)),
  ];
  const heading = [
    method === "proportional" ? "按比例 · in proportion" : "先到先得 · first come",
    `资金池 ${pool} 分 · pool of ${pool} fen`,
  ];
  const result = method === "proportional" ? sharesInProportion(pool, dialect) : sharesInTurn(pool, dialect);
  return `${heading.map(comment).join("\n")}\n${dialect.query(steps, result)}`;
}

function claims({ name, row, claim, day }: ClaimsOnPool, dialect: Dialect): string {
  const own = (column: string): string => `source.${dialect.quoted(column)}`;
  const order = day === undefined ? dialect.whole("0") : dialect.day(own(day));
  return `SELECT\n${listOf([
    `${dialect.column(dialect.whole(own(row)), false)} AS row_no`,
    `${dialect.column(dialect.whole(`coalesce(${own(claim)}, 0)`), false)} AS claim_fen`,
    `${dialect.column(order, false)} AS day_no`,
    `${dialect.column(dialect.whole("0"), false)} AS pool_no`,
  ])}\nFROM ${name.map((part) => dialect.quoted(part)).join(".")} AS source`;
}

const total = (from: From): string => `(SELECT sum(claim_fen) FROM ${from("claims")})`;
/** No more than is claimed. */
const paid = (pool: bigint, from: From, dialect: Dialect): string =>
  `least(${dialect.whole(dialect.number(pool))}, ${dialect.whole(total(from))})`;

const ROW: readonly Column[] = ["row_no", "claim_fen", "day_no", "pool_no"].map(plain);
const whole = (name: string, order: readonly string[], folds: Group["folds"]): Group => ({
  name,
  by: ["pool_no"],
  where: true,
  order,
  folds,
});

function proportional(pool: bigint, dialect: Dialect): Step[] {
  return [
    {
      name: "parts",
      words: "按比例，舍去不足一分 · in proportion, rounded down",
      text: (from) =>
        `SELECT\n${listOf([
          "row_no",
          "claim_fen",
          "day_no",
          "pool_no",
          `${dialect.whole(dialect.quotientOf(`${dialect.wide("claim_fen")} * ${paid(pool, from, dialect)}`, `greatest(${dialect.whole(total(from))}, 1)`))} AS floor_fen`,
        ])}\nFROM ${from("claims")}`,
    },
    {
      name: "remainders",
      words: "舍去的余数 · what was cut off",
      text: (from) =>
        `SELECT\n${listOf([
          "parts.*",
          `${dialect.whole(`${dialect.wide("claim_fen")} * ${paid(pool, from, dialect)} - ${dialect.wide("floor_fen")} * ${dialect.whole(total(from))}`)} AS remainder`,
        ])}\nFROM ${from("parts")}`,
    },
    {
      name: "places",
      words: "余数大的先补一分 · the largest remainders get the missing fen",
      text: (from) =>
        dialect.counted(
          from("remainders"),
          [...ROW, plain("floor_fen"), plain("remainder")],
          [whole("remainder", ["-remainder", "-claim_fen", "row_no"], [{ as: "place", kind: "place", value: "" }])],
        ),
    },
  ];
}

const sharesInProportion =
  (pool: bigint, dialect: Dialect) =>
  (from: From): string => {
    const missing = `${paid(pool, from, dialect)} - (SELECT sum(floor_fen) FROM ${from("parts")})`;
    return `SELECT\n${listOf([
      "row_no",
      "claim_fen",
      `floor_fen + CASE WHEN place <= ${missing} THEN 1 ELSE 0 END AS share_fen`,
    ])}\nFROM ${from("places")}\nORDER BY row_no`;
  };

function firstCome(dialect: Dialect): Step[] {
  return [
    {
      name: "turns",
      words: "排在前面的申请额之和 · the sum of the claims before",
      text: (from) =>
        dialect.counted(from("claims"), ROW, [
          whole("turn", ["day_no", "row_no"], [{ as: "before_fen", kind: "sum before", value: "claim_fen" }]),
        ]),
    },
  ];
}

const sharesInTurn =
  (pool: bigint, dialect: Dialect) =>
  (from: From): string => {
    const left = `greatest(${dialect.whole(dialect.number(pool))} - before_fen, 0)`;
    return `SELECT\n${listOf(["row_no", "claim_fen", `${dialect.whole(`least(claim_fen, ${left})`)} AS share_fen`])}\nFROM ${from("turns")}\nORDER BY row_no`;
  };
