/**
 * ClickHouse, in forms that its versions from 18.16 on understand: without named steps, window functions and whole numbers beyond
 * 64 bits. Steps are nested; rows that belong together are gathered into arrays, counted over and laid out again.
 */
import { comment, indented, keysOf, listOf, type Column, type Dialect, type Fold, type Group } from "./dialect";

const quoted = (name: string): string => `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const literal = (value: string): string => `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

/** Arrays of Decimal128 end the server (18.16, a segmentation fault): such a number is kept as two of 64 bits. */
const HALF = 10n ** 19n;
const high = (sql: string): string => `toInt64(intDiv(${sql}, ${number(HALF)}))`;
const low = (sql: string): string => `toUInt64(${sql} - intDiv(${sql}, ${number(HALF)}) * ${number(HALF)})`;

// A literal beyond 32 bits is unsigned, beyond 64 a float: neither has a whole type in common with a signed column.
const number = (value: bigint): string =>
  value < 2n ** 32n ? String(value) : value < 2n ** 63n ? `toInt64(${value})` : `toDecimal128('${value}', 0)`;

/** What a running sum may come to. */
const MOST_SUM = 10n ** 18n;

/** Every row before another is looked at: time and memory grow with the rows of the group times this. */
const MOST_RUNNING = 2 ** 10;

/** The array moved on by one row. */
const before = (array: string): string => `arrayPushFront(arrayPopBack(${array}), toInt64(0))`;

/**
 * What one value per group is, and what an array with one value per row is made of. An aggregate takes a column: handed a value
 * that is the same in every row, 18.16 reads beyond it.
 */
const WHOLE: Readonly<Partial<Record<Fold["kind"], (value: string) => string>>> = {
  any: (value) => `max(materialize(${value}))`,
  least: (value) => `min(materialize(${value}))`,
  greatest: (value) => `max(materialize(${value}))`,
  count: () => "count()",
};
const EACH: Readonly<Partial<Record<Fold["kind"], (values: string, order: string) => string>>> = {
  place: (_, order) => `arrayEnumerate(${order})`,
  "sum before": (values) => before(`arrayCumSum(${values})`),
  "greatest before": (values) =>
    before(
      `arrayMap(i -> arrayReduce('max', arraySlice(arraySlice(${values}, 1, ${MOST_RUNNING}), 1, i)), arrayEnumerate(${values}))`,
    ),
};

function gathered(from: string, columns: readonly Column[], group: Group): string {
  const { name, order, folds } = group;
  const sorted = (value: string): string => `arraySort((x, k) -> k, groupArray(materialize(${value})), order_${name})`;
  const array = (name: string, value: string) => ({ array: `all_${name}`, one: `one_${name}`, value });
  const arrays = columns.flatMap(({ name: column, nullable, wide }) => {
    const value = nullable ? `assumeNotNull(${quoted(column)})` : quoted(column);
    return [
      ...(wide ? [array(`high_${column}`, high(value)), array(`low_${column}`, low(value))] : [array(column, value)]),
      // Arrays leave NULL out: where it stood is kept apart.
      ...(nullable ? [array(`blank_${column}`, `isNull(${quoted(column)})`)] : []),
    ];
  });
  const each = folds.filter(({ kind }) => EACH[kind]);
  const inner = [
    `groupArray((${[...order, "0"].join(", ")})) AS order_${name}`,
    ...arrays.map(({ array, value }) => `${sorted(value)} AS ${array}`),
    ...each
      .filter(({ kind }) => kind !== "place")
      .map(({ as, value }) => `${sorted(`toInt64(least(${value}, ${number(MOST_SUM)}))`)} AS all_${as}`),
    ...folds.flatMap(({ as, kind, value }) => (WHOLE[kind] ? [`${WHOLE[kind](value)} AS one_${as}`] : [])),
  ];
  const laid = [
    ...arrays.map(({ array, one }) => `${array} AS ${one}`),
    ...each.map(({ as }) => `each_${as} AS one_${as}`),
  ];
  const outer = [
    ...columns.map(({ name: column, nullable, wide }) => {
      const value = wide
        ? `toDecimal128(one_high_${column}, 0) * ${number(HALF)} + toDecimal128(one_low_${column}, 0)`
        : `one_${column}`;
      return `${nullable ? `if(one_blank_${column}, NULL, ${value})` : value} AS ${quoted(column)}`;
    }),
    ...folds.map(({ as }) => `one_${as} AS ${as}`),
  ];
  const rows = `SELECT\n${listOf(inner)}\nFROM ${from}\nGROUP BY ${keysOf(group).join(", ")}`;
  const counted = each.map(({ as, kind }) => `${EACH[kind]!(`all_${as}`, `order_${name}`)} AS each_${as}`);
  const arrayed = each.length
    ? `SELECT\n${listOf(["*", ...counted])}\nFROM (\n${indented(rows)}\n) AS gathered_${name}`
    : rows;
  return `SELECT\n${listOf(outer)}\nFROM (\n${indented(arrayed)}\n) AS arrayed_${name}\nARRAY JOIN\n${listOf(laid)}`;
}

export const CLICKHOUSE: Dialect = {
  name: "clickhouse",
  quoted,
  literal,
  column: (sql, nullable) => `${nullable ? "toNullable" : "assumeNotNull"}(materialize(${sql}))`,
  truth: (value) => (value ? "1" : "0"),
  number,
  whole: (sql) => `toInt64(${sql})`,
  wide: (sql) => `toDecimal128(${sql}, 0)`,
  noText: "CAST(NULL AS Nullable(String))",
  quotient: (dividend, divisor) => `intDiv(${dividend}, ${number(divisor)})`,
  quotientOf: (dividend, divisor) => `intDiv(${dividend}, ${divisor})`,
  day: (sql) => `toInt64(replaceAll(toString(${sql}), '-', ''))`,
  leastGiven: (amounts) => `arrayReduce('min', [${amounts.join(", ")}])`,
  listed: (texts) => {
    const given = texts.map((text) => `ifNull(${text}, '')`).join(", ");
    return `nullIf(arrayStringConcat(arrayFilter(x -> x != '', [${given}]), ','), '')`;
  },
  query: (steps, last) => {
    const from = (name: string): string => {
      const step = steps.find((one) => one.name === name)!;
      return `(\n${indented(`${comment(`${name}: ${step.words}`)}\n${step.text(from)}`)}\n) AS ${quoted(name)}`;
    };
    return last(from);
  },
  counted: (from, columns, groups) =>
    groups.reduce(
      ({ text, carried }, group, g) => ({
        text: gathered(g === 0 ? text : `(\n${indented(text)}\n) AS counted_${g}`, carried, group),
        carried: [...carried, ...group.folds.map(({ as }) => ({ name: as, nullable: false, wide: false }))],
      }),
      { text: from, carried: columns },
    ).text,
  beyond: {
    "sum before": (rows, greatest) => `${greatest} > intDiv(${number(MOST_SUM)}, ${rows})`,
    "greatest before": (rows) => `${rows} > ${MOST_RUNNING}`,
  },
};
