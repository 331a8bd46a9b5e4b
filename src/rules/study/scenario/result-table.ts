/** Results of scenarios as a table: one row each, money in yuan. */
import { FAMILIES, JURISDICTIONS } from "../../law/catalogue";
import { toYuan } from "../../number/money";
import type { Language, Text } from "../../law/policy";
import { isSamePool } from "./pools";
import type { ScenarioPool, ScenarioResult } from "./result";

export interface ResultColumn {
  readonly header: Text;
  /** money: yuan · count: whole number · share: a fraction, to be shown as a percentage */
  readonly kind: "text" | "money" | "count" | "share";
  /** @param language of a name that is not the user's own; Chinese where it is left out */
  of(result: ScenarioResult, language?: Language): string | number;
}

const BASE: Text = { zh: "基准", en: "base" };

/** A number is blank where the scenario could not be computed: no zero stands for an amount that is not known. */
const blankOr = (of: (result: ScenarioResult) => string | number) => (result: ScenarioResult) =>
  result.refusal ? "" : of(result);

const money = (zh: string, en: string, fenOf: (result: ScenarioResult) => number | undefined): ResultColumn => ({
  header: { zh, en },
  kind: "money",
  of: blankOr((result) => {
    const fen = fenOf(result);
    return fen === undefined ? "" : toYuan(fen);
  }),
});
const count = (zh: string, en: string, rows: (result: ScenarioResult) => number | undefined): ResultColumn => ({
  header: { zh, en },
  kind: "count",
  of: blankOr((result) => rows(result) ?? ""),
});

/** The columns that these results fill: limits, jurisdictions, families and pools that occur in one of them. */
export function resultColumns(results: readonly ScenarioResult[]): ResultColumn[] {
  const jurisdictions = JURISDICTIONS.filter(({ code }) => results.some((r) => code in r.byJurisdiction));
  const families = Object.entries(FAMILIES).filter(([family]) => results.some((r) => family in r.byFamily));
  const refused = results.some(({ refusal }) => refusal);
  const instruments = new Set(results.flatMap(({ atLimit }) => atLimit.map(({ instrument }) => instrument)));
  return [
    {
      header: { zh: "情景", en: "scenario" },
      kind: "text",
      of: ({ name }, language = "zh") => name ?? BASE[language],
    },
    money("补助合计", "total", ({ total }) => total),
    money("与基准之差", "difference to base", ({ difference }) => difference),
    count("获补行数", "awards", ({ awards }) => awards),
    count("获补企业数", "firms", ({ firms }) => firms),
    money("平均每笔", "mean award", ({ mean }) => mean),
    ...limitColumns(results, instruments.size > 1),
    ...(jurisdictions.length > 1
      ? jurisdictions.map(({ code, name }) =>
          shareColumn(name.zh, name.en, ({ byJurisdiction, total }) => part(byJurisdiction[code], total)),
        )
      : []),
    ...(families.length > 1
      ? families.map(([family, { zh, en }]) =>
          shareColumn(zh, en, ({ byFamily, total }) => part(byFamily[family], total)),
        )
      : []),
    ...poolColumns(results),
    count("不符合条件的行", "rows not eligible", ({ notEligible }) => notEligible),
    count("不在有效期内的行", "rows not in force", ({ notInForce }) => notInForce),
    count("未能计算的行", "rows not computed", ({ unknown }) => unknown),
    ...(refused
      ? [
          {
            header: { zh: "说明", en: "note" },
            kind: "text" as const,
            of: ({ refusal }: ScenarioResult, language: Language = "zh") => refusal?.[language] ?? "",
          },
        ]
      : []),
  ];
}

const part = (amount: number | undefined, total: number): number => (total ? (amount ?? 0) / total : 0);

const shareColumn = (zh: string, en: string, of: (result: ScenarioResult) => number): ResultColumn => ({
  header: { zh: `${zh}占比`, en: `share of ${en}` },
  kind: "share",
  of: blankOr(of),
});

function limitColumns(results: readonly ScenarioResult[], several: boolean): ResultColumn[] {
  const keys = new Map<string, Text>();
  for (const { atLimit } of results) {
    atLimit.forEach(({ instrument, label }) => {
      keys.set(`${several ? instrument : ""} ${label.zh}`, {
        zh: `由“${label.zh}”决定的行${several ? `（${instrument}）` : ""}`,
        en: `rows at ${label.en}${several ? ` (${instrument})` : ""}`,
      });
    });
  }
  return [...keys].map(([key, { zh, en }]) =>
    count(zh, en, ({ atLimit }) =>
      atLimit
        .filter(({ instrument, label }) => `${several ? instrument : ""} ${label.zh}` === key)
        .reduce((sum, { rows }) => sum + rows, 0),
    ),
  );
}

/** A scenario without the pool, or without a rule to share it, has no figure there: a zero would be one. */
function poolColumns(results: readonly ScenarioResult[]): ResultColumn[] {
  const pools = poolsIn(results);
  if (!pools.length) return [];
  const shared = results.some((result) => result.pools.some(({ inFull }) => inFull !== undefined));
  return [
    ...pools.flatMap(({ zh, en, of }): ResultColumn[] => [
      money(zh, en, (result) => of(result)?.amount),
      {
        header: { zh: `${zh}使用率`, en: `use of ${en}` },
        kind: "share",
        of: blankOr((result) => of(result)?.use ?? ""),
      },
    ]),
    money("资金池可付", "paid within pools", ({ paid }) => paid),
    ...(shared
      ? [
          count("足额支付的行", "paid in full", ({ pools }) => {
            const known = pools.flatMap(({ inFull }) => inFull ?? []);
            return known.length ? known.reduce((sum, rows) => sum + rows) : undefined;
          }),
        ]
      : []),
  ];
}

/** The pools of all results. Each year of a pool stands by itself where one result has several. */
function poolsIn(
  results: readonly ScenarioResult[],
): (Text & { readonly of: (result: ScenarioResult) => ScenarioPool | undefined })[] {
  const all = results.flatMap(({ pools }) => pools);
  return [...new Set(all.map(({ instrument }) => instrument))].flatMap((id) => {
    const own = all.filter(({ instrument }) => instrument === id);
    const { label } = own[0]!;
    const inOneYear = results.every(({ pools }) => pools.filter(({ instrument }) => instrument === id).length < 2);
    if (inOneYear) return [{ ...label, of: ({ pools }) => pools.find(({ instrument }) => instrument === id) }];
    return [...new Set(own.map(({ year }) => year!))]
      .sort((a, b) => a - b)
      .map((year) => ({
        zh: `${label.zh}（${year}年）`,
        en: `${label.en} (${year})`,
        of: ({ pools }) => pools.find((pool) => isSamePool(pool, { instrument: id!, year })),
      }));
  });
}

/** Headers, then one row per result. */
export function resultTable(results: readonly ScenarioResult[], language: Language): (string | number)[][] {
  const columns = resultColumns(results);
  return [
    columns.map(({ header }) => header[language]),
    ...results.map((result) => columns.map((column) => column.of(result, language))),
  ];
}
