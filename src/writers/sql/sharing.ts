/** The steps in which rows meet: which row of an object stays, and what rows before drew on shared limits. */
import { MAX_FEN, SOME_FEN } from "../../rules";
import { indented, listOf, type Fold, type From, type Group } from "./dialect";
import { MOST_64, termName, type Frame, type Term } from "./frame";
import { all, any, type Truth } from "./truth";

/** One object is paid once a year: by the first row that is chosen, else by its highest award; the earlier row among equals. */
export function objects(frame: Frame, from: From): string {
  const { clause } = frame.first;
  const hasObjects = frame.table.object !== undefined;
  const paid = `outcome = 'award' AND alone_fen <= ${MAX_FEN}`;
  const unchosen = (sql: string): string => (frame.tellsChosen ? `CASE WHEN chosen THEN 0 ELSE ${sql} END` : sql);
  // Which row of an object stays is not known beside a row that is left to the columns; nor where what a row gets alone
  // is asked of itself, but among others of its firm.
  const alike = clause.asked.size > 0 ? "object_rows > 1" : "object_beyond";
  const objects: Group = {
    name: "object",
    by: ["object", "claim_year"],
    where: "object IS NOT NULL",
    order: [
      ...(frame.tellsChosen ? ["CASE WHEN chosen THEN 0 ELSE 1 END"] : []),
      unchosen(`CASE WHEN ${paid} THEN 0 ELSE 1 END`),
      unchosen(`-(${[frame.dialect.whole(`least(alone_fen, ${MAX_FEN})`), ...frame.gotBefore()].join(" + ")})`),
      "row_no",
    ],
    folds: [
      ...(frame.paysObjectOnce ? [{ as: "object_place", kind: "place", value: "" } as const] : []),
      clause.asked.size > 0
        ? { as: "object_rows", kind: "count", value: "" }
        : { as: "object_beyond", kind: "any", value: "beyond" },
    ],
  };
  const since = (term: Term): string => `since_${termName(term)}`;
  const terms = frame.terms.map((term) => frame.firstYear(term, since(term), "outcome <> 'not-in-force'"));
  const groups = [...(hasObjects ? [objects] : []), ...terms];
  const pieces = clause.pieces === undefined ? "" : " * pieces";
  const amount = `(${frame.rounded(frame.rest(frame.capped(), "minus"))})${pieces} AS alone_fen`;
  const inner = `(\n${indented(`SELECT\n${listOf(["alone.*", amount])}\nFROM ${from("alone")}`)}\n) AS measured`;
  const columns = [...frame.aloneColumns, frame.amount("alone_fen")];
  const counted = groups.length ? `(\n${indented(frame.dialect.counted(inner, columns, groups))}\n) AS ranked` : inner;
  const owned = (truth: Truth): Truth => all(["object IS NOT NULL", truth]);
  return `SELECT\n${listOf([
    "*",
    ...frame.terms.map(
      (term) =>
        `${frame.dialect.quotient(`claim_year - ${since(term)}`, BigInt(term.period.years))} AS ${termName(term)}`,
    ),
    `${frame.written(frame.paysObjectOnce && owned(all([`${paid}`, "object_place > 1"])))} AS repeated`,
    `${frame.written(any(["beyond", `alone_fen > ${MAX_FEN}`, ...frame.largeRooms(), hasObjects && owned(alike)]))} AS unsure`,
  ])}\nFROM ${counted}`;
}

/** What each row asks of each account. */
export function asked(frame: Frame, from: From): string {
  const draws = frame.accounts().flatMap(({ name, amount, varying, given }) => {
    const there = `outcome = 'award' AND NOT repeated AND room_${name} IS NOT NULL`;
    return [
      `CASE WHEN ${there} THEN ${frame.drawn(amount)} ELSE 0 END AS asks_${name}`,
      ...[...varying, ...given].flatMap((value, v) => {
        // What a row gives as granted before stands on the account even where the row is not paid.
        const counts = v < varying.length ? there : `(${there} OR ${value} > 0) AND outcome <> 'not-in-force'`;
        return [
          `CASE WHEN ${counts} THEN ${value} ELSE ${frame.dialect.whole(String(MOST_64))} END AS low_${name}_${v}`,
          `CASE WHEN ${counts} THEN ${value} ELSE 0 END AS high_${name}_${v}`,
        ];
      }),
    ];
  });
  const said = frame.first.clause.minus === undefined ? "" : " WHEN outcome <> 'not-in-force' THEN minus";
  const paid = `WHEN outcome = 'award' AND NOT repeated THEN ${frame.greatestMinus(frame.rounded(frame.capped()))}`;
  const counted = `CASE ${paid}${said} ELSE 0 END`;
  const grants = frame.tellsHad ? `greatest(${counted}, CASE WHEN had THEN ${SOME_FEN} ELSE 0 END)` : counted;
  const granted = frame.again() ? [`${grants} AS grants`] : [];
  return `SELECT\n${listOf(["objects.*", ...draws, ...granted])}\nFROM ${from("objects")}`;
}

/** What rows before drew on each account, and whether all rows of it have the same room. */
export function shared(frame: Frame, from: From): string {
  const again = frame.again();
  const accounts = [
    ...frame.accounts().map(({ name, allowance, varying, given }) => ({
      name,
      allowance,
      asks: `asks_${name}`,
      kind: "sum before" as const,
      before: `least(drawn_${name}, coalesce(room_${name}, 0))`,
      varying: [...varying, ...given].map((_, v) => `${name}_${v}`),
    })),
    ...(again
      ? [
          {
            name: "again",
            allowance: again,
            asks: "grants",
            kind: "greatest before" as const,
            before: "drawn_again",
            varying: [],
          },
        ]
      : []),
  ];
  const { beyond } = frame.dialect;
  const groups = accounts.map(({ name, allowance, asks, kind, varying }): Group => {
    const value = `CASE WHEN unsure THEN 0 ELSE ${asks} END`;
    const folds: Fold[] = [
      { as: `drawn_${name}`, kind, value },
      { as: `unsure_${name}`, kind: "any", value: "unsure" },
      ...varying.flatMap((one): Fold[] => [
        { as: `least_${one}`, kind: "least", value: `low_${one}` },
        { as: `greatest_${one}`, kind: "greatest", value: `high_${one}` },
      ]),
    ];
    const sizes: Fold[] = [
      { as: `rows_${name}`, kind: "count", value: "" },
      { as: `most_${name}`, kind: "greatest", value },
    ];
    return {
      name,
      by: frame.accountOf(allowance),
      where: frame.owned(allowance),
      order: ["claim_year", "row_no"],
      folds: beyond ? [...folds, ...sizes] : folds,
    };
  });
  const added = accounts.flatMap(({ asks, varying }) => [
    asks,
    ...varying.flatMap((one) => [`low_${one}`, `high_${one}`]),
  ]);
  const columns = accounts.flatMap(({ name, kind, before, varying }) => {
    const differs = [
      `unsure_${name}`,
      ...varying.map((one) => `least_${one} < greatest_${one}`),
      ...(beyond ? [beyond[kind](`rows_${name}`, `most_${name}`)] : []),
    ];
    return [`${before} AS before_${name}`, `${frame.written(any(differs))} AS differs_${name}`];
  });
  const carried = [...frame.objectColumns, ...added.map((name) => frame.amount(name))];
  return `SELECT\n${listOf(["*", ...columns])}\nFROM (\n${indented(
    frame.dialect.counted(from("asked"), carried, groups),
  )}\n) AS drawn`;
}
