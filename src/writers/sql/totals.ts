/**
 * The steps in which rows come to something together before the clause is read. With c the amounts that count and g what rows
 * give as come to before, row i finds max(S, g₁, …, gᵢ − (what came since)) = S + max(0, max over j ≤ i of gⱼ − Sⱼ), where Sⱼ is
 * c₁ + … + cⱼ₋₁: a running sum and a running maximum.
 */
import { MAX_SUM, type Plan, type PlanTotal } from "../../rules";
import { inputColumn } from "./clause";
import { indented, listOf, type Column, type From, type Group } from "./dialect";
import { accountColumn, NO_YEAR, plain, ROW, termName, termsIn, type Frame, type Term } from "./frame";
import { firstOf } from "./truth";

/** A total in a query; the columns that its steps make bear its number. */
interface Summed {
  readonly k: number;
  readonly total: PlanTotal;
}

const summedOf = (frame: Frame): Summed[] => frame.first.plan.totals.map((total, k) => ({ k, total }));

/** Columns of the claims, those by which accounts are told apart, and what counts. */
const amountColumns = (frame: Frame): Column[] => [
  ...frame.claimColumns,
  ...frame.accountColumns,
  ...summedOf(frame).flatMap(({ k }) => [plain(`counted_${k}`), plain(`given_${k}`)]),
];

/** By year what of a row counts, and what it gives as come to before. */
function amounts(frame: Frame, { k }: Summed): string[] {
  const { dialect } = frame;
  const byYear = (of: (one: Frame["first"]) => string): string =>
    frame.clauses.length > 1
      ? firstOf(
          frame.clauses.map((one) => [`claim_year = ${one.plan.claim.year}`, of(one)] as const),
          "0",
        )
      : of(frame.first);
  return [
    `${dialect.column(dialect.whole(byYear(({ clause }) => clause.totals[k]!.counted)), false)} AS counted_${k}`,
    `${dialect.column(dialect.whole(byYear(({ clause }) => clause.totals[k]!.before)), false)} AS given_${k}`,
  ];
}

/** What counts of each row, since when its owner claims, and how many rows its object has in the year. */
export function countable(frame: Frame, from: From): string {
  const { dialect } = frame;
  const all = summedOf(frame);
  const added = all.flatMap((one) => amounts(frame, one));
  const owners = frame.accountInputs.map((input) => `${dialect.quoted(inputColumn(input))} AS ${accountColumn(input)}`);
  const inner = `(\n${indented(`SELECT\n${listOf(["claims.*", ...owners, ...added])}\nFROM ${from("claims")}`)}\n) AS amounts`;
  const inForce = frame.clauses.flatMap(({ plan }) => (plan.inForce ? plan.claim.year : []));
  const ranked = frame.paysObjectOnce;
  const first = (term: Term): string => `first_${termName(term)}`;
  const groups: Group[] = [
    // Which row of an object is paid is not known before the clause is read: such rows are left to the columns.
    ...(ranked
      ? [
          {
            name: "same_object",
            by: ["object", "claim_year"],
            where: "object IS NOT NULL",
            order: ["row_no"],
            folds: [{ as: "same_object_rows", kind: "count", value: "" } as const],
          },
        ]
      : []),
    ...terms(frame).map((term) =>
      frame.firstYear(term, first(term), `claim_year IN (${inForce.join(", ") || NO_YEAR})`),
    ),
  ];
  const counted = groups.length
    ? `(\n${indented(dialect.counted(inner, amountColumns(frame), groups))}\n) AS ranked_claims`
    : inner;
  return `SELECT\n${listOf([
    "*",
    ...terms(frame).map(
      (term) =>
        `${dialect.quotient(`claim_year - least(${first(term)}, claim_year)`, BigInt(term.period.years))} AS ${termName(term)}`,
    ),
    `${dialect.column(ranked ? "(object IS NOT NULL AND same_object_rows > 1)" : dialect.truth(false), false)} AS same_object`,
  ])}\nFROM ${counted}`;
}

const terms = (frame: Frame): Term[] =>
  termsIn(frame.first.plan.totals.flatMap(({ allowance }) => (frame.hasAccount(allowance) ? [allowance] : [])));

const countedColumns = (frame: Frame): Column[] => [
  ...amountColumns(frame),
  ...terms(frame).map((term) => plain(termName(term))),
  plain("same_object"),
];

/** The rows of one account of a total; those without one come to something alone. */
function groupOf(frame: Frame, { k, total: { allowance } }: Summed, name: string, folds: Group["folds"]): Group {
  const account = frame.hasAccount(allowance)
    ? { by: frame.accountOf(allowance), where: frame.owned(allowance) }
    : { by: ["claim_year"], where: "1 = 0" };
  return { name: `${name}_${k}`, ...account, order: ["claim_year", "row_no"], folds };
}

/** The running sum. */
export function summed(frame: Frame, from: From): string {
  const { beyond } = frame.dialect;
  return frame.dialect.counted(
    from("countable"),
    countedColumns(frame),
    summedOf(frame).map((one) =>
      groupOf(frame, one, "total", [
        { as: `sum_${one.k}`, kind: "sum before", value: `counted_${one.k}` },
        ...(beyond
          ? [
              { as: `total_rows_${one.k}`, kind: "count", value: "" } as const,
              { as: `total_most_${one.k}`, kind: "greatest", value: `counted_${one.k}` } as const,
            ]
          : []),
        { as: `total_unsure_${one.k}`, kind: "any", value: "(beyond OR same_object)" },
      ]),
    ),
  );
}

/** The running maximum, and what the rows come to in all. */
export function totalled(frame: Frame, from: From): string {
  const { dialect, table } = frame;
  const all = summedOf(frame);
  const lift = (k: number): string => `greatest(given_${k} - sum_${k}, 0)`;
  const columns = [
    ...countedColumns(frame),
    ...all.flatMap(({ k }) => [
      plain(`sum_${k}`),
      ...(dialect.beyond ? [plain(`total_rows_${k}`), plain(`total_most_${k}`)] : []),
      plain(`total_unsure_${k}`),
    ]),
  ];
  const lifted = dialect.counted(
    from("summed"),
    columns,
    all.map((one) =>
      groupOf(frame, one, "lifted", [
        ...(one.total.before === undefined
          ? []
          : [
              { as: `lift_${one.k}`, kind: "greatest before", value: lift(one.k) } as const,
              { as: `lift_all_${one.k}`, kind: "greatest", value: lift(one.k) } as const,
            ]),
        { as: `sum_all_${one.k}`, kind: "greatest", value: `sum_${one.k} + counted_${one.k}` },
      ]),
    ),
  );
  const whole = (sql: string): string =>
    dialect.column(dialect.whole(`least(${sql}, ${dialect.number(BigInt(MAX_SUM) + 1n)})`), false);
  const came = all.flatMap(({ k, total }) => [
    `${whole(total.before === undefined ? `sum_${k}` : `greatest(sum_${k} + lift_${k}, given_${k})`)} AS came_${k}`,
    `${whole(total.before === undefined ? `sum_all_${k}` : `sum_all_${k} + lift_all_${k}`)} AS all_${k}`,
  ]);
  const inner = `(\n${indented(`SELECT\n${listOf(["*", ...came])}\nFROM (\n${indented(lifted)}\n) AS lifted_rows`)}\n) AS come_to`;
  const own = (k: number): string => frame.first.clause.totals[k]!.of;
  const slabs = all.flatMap(({ k, total }) =>
    total.slabs.map(({ input, from: low, to }) => {
      const [least, most] = [low, to].map((bound) => bound && dialect.number(bound.n / bound.d));
      const end = most === undefined ? `came_${k} + ${own(k)}` : `least(came_${k} + ${own(k)}, ${most})`;
      return `greatest(${end} - greatest(came_${k}, ${least}), 0) AS ${dialect.quoted(inputColumn(input))}`;
    }),
  );
  const { beyond } = dialect;
  const unsure = all.flatMap(({ k, total }) => [
    `total_unsure_${k}`,
    `all_${k} > ${dialect.number(BigInt(MAX_SUM))}`,
    ...(beyond ? [beyond["sum before"](`total_rows_${k}`, `total_most_${k}`)] : []),
    ...(beyond && total.before !== undefined ? [beyond["greatest before"](`total_rows_${k}`, "0")] : []),
  ]);
  return `SELECT\n${listOf([
    ...ROW.map(({ name }) => name).filter((name) => name !== "beyond"),
    ...Object.keys(table.inputs).map((input) => dialect.quoted(inputColumn(input))),
    ...all.map(({ k, total }) => `all_${k} AS ${dialect.quoted(inputColumn(total.name))}`),
    ...slabs,
    `${dialect.column(`(beyond OR same_object OR ${unsure.join(" OR ")})`, false)} AS beyond`,
  ])}\nFROM ${inner}`;
}

/** The inputs that totals stand for, as columns of the last step. */
export const totalInputs = ({ totals }: Plan): string[] =>
  totals.flatMap(({ name, slabs }) => [name, ...slabs.map(({ input }) => input)]);
