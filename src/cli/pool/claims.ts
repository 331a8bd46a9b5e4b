/** The claims on a pool, out of the columns of a file, as the pane takes them out of a sheet. */
import { formatAddress } from "../../host/address";
import { refuse, type Text } from "../../rules";
import { nameOf, tableColumn, unitBehind, type Unit } from "../../tables";
import { COLUMN_NAMES, numberIn, refusedAt, spreadOfRange, type Columns } from "../../taskpane/planner/claim-columns";
import { claimsFrom, type Claims, type ReadColumn } from "../../taskpane/planner/claims";
import { COLUMNS, type ColumnName } from "../../taskpane/planner/columns";
import { CLAIMED, isCalled, LIKELY } from "../../taskpane/planner/claimed";
import { literal, quoted } from "../../writers/sql";
import { loadClaims } from "../run/source";
import type { Warehouse } from "../run/warehouse";
import { report } from "../shell";
import { takenWords } from "../words";

/** By column of the planner the header of the file, or a number for all claims. */
export type Named = Readonly<Partial<Record<ColumnName, string>>>;

/** Claims that are planned one by one. */
export const MOST_CLAIMS = 2 ** 21;

/**
 * @param named where a column is not named: of the claims the last header about awards or claims, of the others the one that
 * is called so
 * @returns the claims, and which columns they were read from
 * @throws Refusal for headers that are not there, cells that cannot be read, and more claims than can be planned
 */
export async function readClaimsOf(
  warehouse: Warehouse,
  file: string,
  named: Named,
  blankIsCertain: boolean,
): Promise<{ readonly claims: Claims; readonly sources: Text }> {
  const taken = await loadClaims(warehouse, file);
  if (taken?.others.length) report(takenWords(taken.sheet, taken.others));
  const headers = await warehouse.columns("raw");
  const { places, columns } = columnsIn(headers, named);
  const claims = headers[places.claims!]!;
  const used = COLUMNS.filter((name) => places[name] !== undefined);
  // A number for all claims is named as it was written.
  const stated = COLUMNS.flatMap((name): [ColumnName, string][] => {
    const words = places[name] === undefined ? columns[name] && named[name] : headers[places[name]];
    return words === undefined ? [] : [[name, words]];
  });
  const sources = {
    zh: stated.map(([name, words]) => `${COLUMN_NAMES[name].zh}：${words}`).join("；"),
    en: stated.map(([name, words]) => `${COLUMN_NAMES[name].en}: ${words}`).join("; "),
  };
  const unit = unitBehind(claims) ?? 1;
  const { from, rows } = (await byFirm(warehouse, headers, places, unit)) ?? {
    from: `(SELECT rowid AS row_no, * FROM raw)`,
    rows: await warehouse.count("SELECT count(*) FROM raw"),
  };
  if (rows > MOST_CLAIMS)
    throw refuse(
      `共 ${rows} 笔申请，一次最多 ${MOST_CLAIMS} 笔；请用 --firm 指定企业列，按企业合并`,
      `${rows} claims, at most ${MOST_CLAIMS} at once; name the column of the firms with --firm`,
    );
  const cells: string[][] = used.map(() => []);
  const numbers: number[] = [];
  const query = `SELECT row_no, ${used.map((name) => `coalesce(${quoted(headers[places[name]!]!)}, '')`).join(", ")} FROM ${from} ORDER BY row_no`;
  for await (const [row_no, ...chunk] of warehouse.columnChunks(query)) {
    for (const row of row_no!) numbers.push(Number(row) + 1);
    chunk.forEach((column, c) => {
      for (const cell of column) cells[c]!.push(String(cell));
    });
  }
  const read = Object.fromEntries(
    used.map((name, c): [ColumnName, ReadColumn] => {
      const address = formatAddress({ row: 1, column: places[name]!, rows: Math.max(1, rows), columns: 1 });
      return [
        name,
        { place: { sheet: file, address }, cells: cells[c]!, rows: numbers, ...(name === "claims" && { unit }) },
      ];
    }),
  ) as Record<"claims", ReadColumn>;
  return { claims: await warehouse.inPieces(claimsFrom(read, columns, { blankIsCertain })), sources };
}

/** `--firm ""`: no column is taken for it, not even one that is called so. */
const isUnused = (wanted: string, name: ColumnName): boolean => name !== "claims" && wanted.trim() === "";

/** @throws Refusal that lists the headers */
function columnsIn(headers: readonly string[], named: Named) {
  const places: Partial<Record<ColumnName, number>> = {};
  const columns: Partial<Record<ColumnName, { number: number }>> = {};
  for (const name of COLUMNS) {
    const wanted = named[name];
    if (wanted === undefined || isUnused(wanted, name)) continue;
    const place = headers.findIndex((header) => nameOf(header) === nameOf(wanted));
    if (place >= 0) places[name] = place;
    else if ((name === "probability" || name === "spread" || name === "within") && /^±?[\d.]+%?$/.test(wanted))
      try {
        columns[name] = { number: name === "within" ? spreadOfRange(wanted) : numberIn(name, wanted) };
      } catch (error) {
        throw refusedAt(COLUMN_NAMES[name], error);
      }
    else
      throw refuse(
        `没有“${wanted}”一列，有：${headers.join("、")}`,
        `there is no column ${wanted}; there are: ${headers.join(", ")}`,
      );
  }
  if (places.claims === undefined) {
    const found = headers.map((header) => CLAIMED.test(nameOf(header))).lastIndexOf(true);
    if (found < 0)
      throw refuse(
        `没有认出申请额一列，请用 --claims 指定；有：${headers.join("、")}`,
        `no column of claims is found; name it with --claims; there are: ${headers.join(", ")}`,
      );
    places.claims = found;
  }
  // A column that says what it is is not passed over.
  for (const name of COLUMNS) {
    if (named[name] !== undefined || name === "claims") continue;
    const { zh, en } = COLUMN_NAMES[name];
    const place = headers.findIndex((header) => {
      const word = nameOf(header);
      if (name === "firm" && tableColumn(word) === "firm") return true;
      if (name === "probability" && isCalled(header, LIKELY)) return true;
      return [zh, en, name].some((own) => word === nameOf(own)) || (name === "date" && word === "申请日期");
    });
    if (place >= 0 && place !== places.claims) places[name] = place;
  }
  return { places, columns: columns as Columns };
}

/**
 * The rows of each firm as one, summed in the database, so that a file of any size becomes as many claims as it has firms.
 * @returns undefined where rows have to be read one by one: no firms, days or ranks of their own, amounts that are not plain
 */
async function byFirm(
  warehouse: Warehouse,
  headers: readonly string[],
  places: Partial<Record<ColumnName, number>>,
  unit: Unit,
): Promise<{ from: string; rows: number } | undefined> {
  if (places.firm === undefined || places.date !== undefined || places.rank !== undefined) return undefined;
  const column = (name: ColumnName): string => quoted(headers[places[name]!]!);
  const decimals = 2 + Math.round(Math.log10(unit));
  const amount = `coalesce(${column("claims")}, '')`;
  const plain = `regexp_full_match(${amount}, ${literal(`([0-9]{1,12}([.][0-9]{1,${decimals}})?)?`)})`;
  if (await warehouse.count(`SELECT count(*) FROM raw WHERE NOT ${plain} OR coalesce(${column("firm")}, '') = ''`))
    return undefined;
  const keys = (["firm", "probability", "spread", "within", "group", "subpool"] as const)
    .filter((name) => places[name] !== undefined)
    .map(column);
  const sum = `CAST(sum(CAST(CASE ${amount} WHEN '' THEN '0' ELSE ${amount} END AS DECIMAL(38, ${decimals}))) AS VARCHAR)`;
  await warehouse.run(
    `CREATE TABLE by_firm AS SELECT min(rowid) AS row_no, ${[...keys, `${sum} AS ${column("claims")}`].join(", ")} FROM raw GROUP BY ${keys.join(", ")}`,
  );
  return { from: "by_firm", rows: await warehouse.count("SELECT count(*) FROM by_firm") };
}
