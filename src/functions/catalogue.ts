/** The catalogue in cells: lists, terms, single rates and caps. */
import {
  CATALOGUE,
  FAMILIES,
  isInForce,
  isOwn,
  multiply,
  planOf,
  ratio,
  Refusal,
  refuse,
  toDecimal,
  toYuan,
  type Claim,
  type Entry,
  type Jurisdiction,
  type Language,
  type Plan,
  latestAt,
} from "../rules";
import { isBlank, nameOf, readEntry, type Cell } from "../tables";
import { sideOf } from "../writers/difference";
import { capUnder, rateUnder } from "./figure";
import {
  capWords,
  KIND,
  poolOf,
  poolWords,
  quotesOf,
  rateWords,
  STATUS,
  statusWords,
  termsOf,
  windowWords,
} from "../writers/terms";

/** A family by id or by its Chinese or English name. @throws Refusal that lists the families */
export function familyIn(cell: Cell): string {
  const wanted = nameOf(cell ?? "");
  const found = Object.entries(FAMILIES).find(([id, { zh, en }]) => [id, zh, en].map(nameOf).includes(wanted));
  if (found) return found[0];
  const words = Object.values(FAMILIES).map(({ zh }) => zh);
  const ids = Object.entries(FAMILIES).map(([id, { en }]) => `${id} (${en})`);
  const none = isBlank(cell) || cell === 0;
  throw refuse(
    `${none ? "缺少类别" : `没有类别“${String(cell)}”`}，可用：${words.join("、")}`,
    `${none ? "no family given" : `no family ${String(cell)}`}; accepted: ${ids.join(", ")}`,
  );
}

/** The instruments that a cell names: one, or all of a document. @throws Refusal where nothing has that id */
export function readSide(cell: Cell): readonly Entry[] {
  const found = sideOf(nameOf(cell!));
  return found.length ? found : [readEntry(cell)];
}

const HEADERS = {
  zh: ["编号", "名称", "辖区", "条款", "形式", "比例", "上限", "资金池", "有效期", "状态"],
  en: ["id", "name", "jurisdiction", "article", "kind", "rate", "cap", "pool", "window", "status"],
};

/** The catalogue as a table with a header row; any of jurisdiction, claim and family may be left open. */
export function listTable(
  jurisdiction: Jurisdiction | undefined,
  claim: Claim | undefined,
  family: string | undefined,
  current: Claim,
  language: Language,
): string[][] {
  const rows = CATALOGUE.filter(
    (entry) =>
      (!jurisdiction || entry.jurisdiction === jurisdiction) &&
      (!claim || isInForce(entry, claim)) &&
      (!family || entry.instrument.family === family),
  ).map((listed) => {
    const entry = latestAt(listed, claim ?? current);
    const { instrument, document } = entry;
    const plan = planOf(entry, claim ?? current);
    return [
      instrument.id,
      instrument.name[language],
      entry.jurisdiction.name[language],
      instrument.article,
      KIND[instrument.kind][language],
      rateWords(plan, language),
      capWords(plan, language),
      poolWords(entry, language),
      windowWords(document, language),
      statusWords(document, language),
    ];
  });
  return [HEADERS[language], ...rows];
}

export const termsTable = (entry: Entry, claim: Claim, language: Language): string[][] =>
  termsOf(entry, claim, language).map(({ label, value }) => [label, value]);

/** One rate (a fraction) of an instrument: that of the option, or the first in clause order. @throws Refusal */
export function rateOf(entry: Entry, option: Cell, claim: Claim): number {
  const plan = inForce(entry, claim);
  const found = rateUnder(plan, option);
  if (found) return toDecimal(plan.entry.instrument.result ? multiply(found, ratio(1, 100)) : found, 20).toNumber();
  throw noFigure(entry, "比例", "rate");
}

/** One cap or fixed amount in fen: that of the option, or the first in clause order. @throws Refusal */
export function capInFen(entry: Entry, option: Cell, claim: Claim): number {
  const found = capUnder(inForce(entry, claim), option);
  if (found) return toDecimal(found, 2).toNumber();
  throw noFigure(entry, "上限", "cap");
}

/** The same in yuan. */
export const capOf = (entry: Entry, option: Cell, claim: Claim): number => toYuan(capInFen(entry, option, claim));

/** The pool in yuan that the instrument is or draws on. @throws Refusal where it has none */
export function poolAmount(entry: Entry, claim: Claim): number {
  const fen = poolOf(inForce(entry, claim).entry)?.fen;
  if (fen !== undefined) return toYuan(fen);
  throw noFigure(entry, "资金池", "pool");
}

function inForce(entry: Entry, claim: Claim): Plan {
  const plan = planOf(entry, claim);
  if (plan.inForce) return plan;
  const window = (language: Language) => windowWords(plan.entry.document, language);
  throw new Refusal("not-available", {
    zh: `${entry.jurisdiction.name.zh}“${entry.instrument.name.zh}”在 ${claim.day ?? claim.year} 不在有效期内；有效期 ${window("zh")}`,
    en: `${entry.instrument.id} is not in force ${claim.day ? "on" : "in"} ${claim.day ?? claim.year}; window ${window("en")}`,
  });
}

const noFigure = ({ instrument }: Entry, zh: string, en: string): Refusal =>
  new Refusal("not-available", {
    zh: `“${instrument.name.zh}”的条款没有这样的${zh}`,
    en: `the clause of ${instrument.name.en} (${instrument.id}) gives no such ${en}`,
  });

/** Document, article and quotation as one text. */
export function clauseText(entry: Entry, language: Language): string {
  const { instrument, document } = entry;
  const zh = language === "zh";
  const quotes = quotesOf(instrument).map((quote) => (zh ? `“${quote}”` : `"${quote}"`));
  const own = isOwn(entry) ? STATUS.own[language] : undefined;
  const place = [document.title[language], document.number, own, instrument.article].filter(Boolean);
  const cited = quotes.length ? (zh ? "：" : ": ") + quotes.join(zh ? "……" : " … ") : "";
  return place.join(zh ? "，" : ", ") + cited;
}
