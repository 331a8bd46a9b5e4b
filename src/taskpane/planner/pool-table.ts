/** The pools of a place as a table of the workbook: a row each with its money and where its claims stand. */
import type { CellValue, NewSheet, Place, Workbook } from "../../host/workbook";
import { refuse, toYuan, type Claim, type Entry, type Language } from "../../rules";
import { isBlank, nameOf, readAmount, readFlag, unitBehind } from "../../tables";
import { typedMoney } from "../parts/amount";
import { refusedAt } from "./claim-columns";
import type { FieldName, Form } from "./form";
import { poolIn } from "./pool";

/** Headers by which a column is known, the first of them the one that is written. */
const HEADERS = {
  name: { zh: ["资金池", "名称"], en: ["pool", "name"] },
  amount: { zh: ["金额", "资金", "额度"], en: ["amount", "money"] },
  cap: { zh: ["单家上限", "上限"], en: ["cap"] },
  claims: { zh: ["申请额"], en: ["claims"] },
  firm: { zh: ["企业"], en: ["firms"] },
  probability: { zh: ["概率", "可能"], en: ["probability"] },
  within: { zh: ["上下浮动"], en: ["range"] },
  group: { zh: ["类别"], en: ["groups"] },
  fixed: { zh: ["固定额度", "固定"], en: ["fixed"] },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, readonly string[]>>>>;
type Header = keyof typeof HEADERS;

/** Fields of the form that a cell gives as it stands. */
const TEXTS = ["claims", "firm", "probability", "within", "group"] as const satisfies readonly (Header & FieldName)[];

export interface ListedPool {
  readonly name: string;
  readonly form: Form;
  readonly fixed: boolean;
}

/** The places of the known headers. */
function placesOf(headers: readonly CellValue[]): Map<Header, number> {
  const places = new Map<Header, number>();
  headers.forEach((header, place) => {
    const word = nameOf(String(header)).replace(/[(（].*$/, "");
    for (const [name, { zh, en }] of Object.entries(HEADERS) as [Header, (typeof HEADERS)[Header]][])
      if ([...zh, ...en].some((known) => nameOf(known) === word) && !places.has(name)) places.set(name, place);
  });
  return places;
}

const missingIn = (places: ReadonlyMap<Header, number>): Header[] =>
  (["name", "amount", "claims"] as const).filter((name) => !places.has(name));

/** Whether cells begin with the headers of a table of pools. */
export const listsPools = ([headers = []]: readonly (readonly CellValue[])[]): boolean =>
  missingIn(placesOf(headers)).length === 0;

/** The cells of a table, its headers first. @throws Refusal that names the row */
export function poolsIn(cells: readonly (readonly CellValue[])[]): ListedPool[] {
  const [headers = [], ...rows] = cells;
  const places = placesOf(headers);
  const missing = missingIn(places);
  if (missing.length)
    throw refuse(
      `资金池表缺少表头：${missing.map((name) => HEADERS[name].zh[0]).join("、")}`,
      `the table of pools lacks headers: ${missing.map((name) => HEADERS[name].en[0]).join(", ")}`,
    );
  const at = (row: readonly CellValue[], name: Header): CellValue => row[places.get(name) ?? -1] ?? "";
  const unit = unitBehind(String(headers[places.get("amount")!])) ?? 1;
  const capUnit = places.has("cap") ? (unitBehind(String(headers[places.get("cap")!])) ?? 1) : 1;
  return rows.flatMap((row, k): ListedPool[] => {
    if (row.every(isBlank)) return [];
    const name = String(at(row, "name")).trim();
    try {
      if (name === "")
        throw refuse("缺少名称；不是资金池的行请不要选入", "the name is missing; leave out rows that are no pools");
      const texts = TEXTS.map((field) => [field, String(at(row, field)).trim()] as const);
      const cap = at(row, "cap");
      if (isBlank(at(row, "amount"))) throw refuse("缺少金额", "the amount is missing");
      return [
        {
          name,
          form: {
            ...Object.fromEntries(texts.filter(([, words]) => words)),
            amount: typedMoney(readAmount(at(row, "amount"), unit)),
            cap: isBlank(cap) ? "" : typedMoney(readAmount(cap, capUnit)),
          },
          fixed: !isBlank(at(row, "fixed")) && readFlag(at(row, "fixed")) === true,
        },
      ];
    } catch (error) {
      const nameless = { zh: `资金池表第 ${k + 2} 行`, en: `row ${k + 2} of the table of pools` };
      throw refusedAt(name ? { zh: `资金池“${name}”`, en: `pool ${name}` } : nameless, error);
    }
  });
}

/** @param place null: what was typed is no range. @throws Refusal, WorkbookError */
export async function readPoolTable(host: Workbook, place: Place | null): Promise<ListedPool[]> {
  if (!place)
    throw refuse("资金池表应写成 工作表!A1:I6，第一行为表头", "write the table of pools as Sheet!A1:I6, headers first");
  return poolsIn((await host.read(place)).values);
}

/** A sheet with the pools of the documents to fill in: where the claims of each stand. */
export function poolSheet(
  name: string,
  pools: readonly { readonly entry: Entry; readonly form: Form }[],
  claim: Claim,
  language: Language,
): NewSheet {
  const columns = Object.keys(HEADERS) as Header[];
  const head = columns.map((column) => {
    const word = HEADERS[column][language][0];
    return column === "amount" || column === "cap" ? `${word}${{ zh: "（元）", en: " (yuan)" }[language]}` : word;
  });
  const rows = pools.map(({ entry, form }): CellValue[] => {
    const { amount, cap } = poolIn(form, entry, claim);
    const yes = { zh: "是", en: "yes" }[language];
    const cells: Readonly<Record<Header, CellValue>> = {
      name: entry.instrument.name[language],
      amount: amount.fen === undefined ? "" : toYuan(amount.fen),
      cap: cap.fen === undefined ? "" : toYuan(cap.fen),
      ...(Object.fromEntries(TEXTS.map((field) => [field, form[field] ?? ""])) as Record<
        (typeof TEXTS)[number],
        string
      >),
      fixed: entry.instrument.budget?.envelope === "fixed" ? yes : "",
    };
    return columns.map((column) => cells[column]);
  });
  return { name, cells: [head, ...rows], headerRows: 1, widths: columns.map((_, k) => (k === 0 ? 24 : 16)) };
}
