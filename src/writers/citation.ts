/** From a clause to its place: the citation as it is written into a report, and what the document says about all its clauses. */
import { CATALOGUE, type Entry, type Language, isOneDocument, versionsIn } from "../rules";
import { noticesOf, quotesOf, levelOf, STATUS, windowWords, type Term } from "./terms";
import { bracketed } from "./words";

const ARTICLE = /^([一二三四五六七八九十]+)（([一二三四五六七八九十]+)）(\d*)$/;

/** "四（十五）" → "第四部分第（十五）条"; "三（一）3" → "第三部分第（一）条第3项". */
export function articleWords(article: string): string {
  const [, part, item, number] = ARTICLE.exec(article) ?? [];
  return part ? `第${part}部分第（${item}）条${number ? `第${number}项` : ""}` : article;
}

/** "2025-04-17" → "2025年4月17日". */
const dateWords = (day: string): string => day.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日");

/**
 * "《浙江省…通知》（浙政发〔2025〕10号，2025年4月17日）第四部分第（十五）条：“…”": what the document does not state is left out,
 * and a text that is no rule in force says so.
 */
export function citation({ document, instrument }: Entry, language: Language): string {
  const { title, number, issued, status } = document;
  const quotes = quotesOf(instrument).map((quote) => `“${quote}”`);
  if (language === "en") {
    const from = [number, issued, status === "in-force" ? undefined : STATUS[status].en].filter(Boolean);
    const where = from.length ? ` (${from.join(", ")})` : "";
    return `${title.en}${where}, ${instrument.article}${quotes.length ? `: ${quotes.join(" … ")}` : ""}`;
  }
  const from = [number, issued && dateWords(issued), status === "in-force" ? undefined : STATUS[status].zh].filter(
    Boolean,
  );
  const where = from.length ? `（${from.join("，")}）` : "";
  return `《${title.zh}》${where}${articleWords(instrument.article)}${quotes.length ? `：${quotes.join("……")}` : ""}`;
}

/** The document's own rules: its window, what holds where awards overlap, who pays, what is reported about it. */
export function documentRules({ document, instrument }: Entry, language: Language): Term[] {
  const { window, overlap, notes = [] } = document;
  const zh = language === "zh";
  const quoted = (words: string, quote: string | undefined): string =>
    words + (quote ? bracketed(`“${quote}”`, language) : "");
  return [
    { label: zh ? "状态" : "status", value: STATUS[document.status][language] },
    ...noticesOf(document, language).map((value) => ({ label: zh ? "提示" : "notice", value })),
    { label: zh ? "有效期" : "window", value: quoted(windowWords(document, language), window.quote) },
    ...(overlap ? [{ label: zh ? "重叠" : "overlap", value: quoted(overlap.rule[language], overlap.quote) }] : []),
    levelOf(instrument, language),
    ...notes.map((note) => ({ label: zh ? "备注" : "note", value: note[language] })),
  ];
}

/** What else the same article grants. */
export const sameArticle = (entry: Entry): Entry[] =>
  CATALOGUE.flatMap(versionsIn).filter(
    (other) =>
      isOneDocument(other, entry) &&
      other.instrument.article === entry.instrument.article &&
      other.instrument !== entry.instrument,
  );
