/** What the documents have to say about the rows: versions, drafts, windows, limits that are used up. */
import { isInForce, RULES_VERSION, windowOf, type Document, type Text } from "../../../rules";
import { isBlank, readClaim } from "../../../tables";
import { inBoth } from "../../../writers/words";
import { noticesOf, windowWords } from "../../../writers/terms";
import { parseAddress } from "../../../host/address";
import { found, grouped, ledgerAt, once, said, type Check } from "./check";
import type { Hit } from "../finding";
import { columnsOf, type Ledger } from "../ledger";
import { documentOf, type ClaimRow, type Model } from "../model";
import type { Place } from "../../../host/workbook";

interface Claim {
  readonly claim: ClaimRow;
  readonly document: Document;
  readonly place: Place;
}

/** The rows that were computed by a document, with the formula's cell. */
const claims = ({ calls }: Model): Claim[] =>
  calls.flatMap(({ rows, place }) =>
    rows.flatMap((claim) => {
      const document = documentOf(claim);
      return document ? [{ claim, document, place }] : [];
    }),
  );

const version: Check = ({ calls }) =>
  found({
    weight: "wrong",
    cause: {
      zh: `规则版本已更新为 ${RULES_VERSION.version}，结果可能是旧的`,
      en: `The rules are now of version ${RULES_VERSION.version}; results may be old`,
    },
    advice: { zh: "重新计算，并核对有变化的结果。", en: "Recalculate, and look at what changed." },
    counted: "cell",
    hits: calls
      .filter(({ call, cell }) => call.name === "BUTIE.VERSION" && String(cell.value) !== RULES_VERSION.version)
      .map(({ place, cell }): Hit => ({
        place,
        words: { zh: `表中版本 ${String(cell.value)}`, en: `version ${String(cell.value)}` },
      })),
    fix: { label: { zh: "重新计算", en: "Recalculate" } },
  });

const drafts: Check = (model) =>
  grouped(
    claims(model).filter(({ document }) => document.status === "draft"),
    ({ document }) => document.id,
  ).flatMap((of) => {
    const { title } = of[0]!.document;
    return found({
      weight: "note",
      cause: { zh: `依据征求意见稿：${title.zh}`, en: `Computed from a draft: ${title.en}` },
      advice: {
        zh: "成文后数字可能不同；定稿前请注明“依据征求意见稿测算”。",
        en: "The final text may differ; mark the figures as computed from a draft.",
      },
      counted: "formula",
      hits: once(of.map(({ place }) => ({ place }))),
    });
  });

const notices: Check = (model) =>
  grouped(
    claims(model).filter(({ document }) => document.notices?.length),
    ({ document }) => document.id,
  ).flatMap((of) => {
    const { document } = of[0]!;
    return found({
      weight: "note",
      cause: { zh: `文件有提示：${document.title.zh}`, en: `There is a notice on ${document.title.en}` },
      advice: inBoth((language) => noticesOf(document, language).join(language === "zh" ? "；" : "; ")),
      counted: "formula",
      hits: once(of.map(({ place }) => ({ place }))),
    });
  });

const outside: Check = (model) =>
  grouped(
    claims(model).filter(({ claim }) => claim.outcome === "not-in-force"),
    ({ document }) => document.id,
  ).flatMap((of) => {
    const { document } = of[0]!;
    const window = inBoth((language) => windowWords(document, language));
    return found({
      weight: "wrong",
      cause: {
        zh: `年度或日期不在有效期内：${document.title.zh}`,
        en: `The year or date lies outside the window of ${document.title.en}`,
      },
      advice: {
        zh: `有效期 ${window.zh}。改用当时有效的政策，或改正年度、日期。`,
        en: `The window is ${window.en}. Use the policy that was in force then, or correct the year or date.`,
      },
      counted: "row",
      hits: once(of.map(({ claim, place }) => ({ place: claim.inputs[0] ?? place }))),
    });
  });

/** The date of a contract beside a claim: the year may be right and the contract too old. */
const signedOutside: Check = (model) => {
  const dated = claims(model).flatMap(({ claim, document }) => {
    const [first] = claim.inputs;
    const ledger = first && ledgerAt(model, first);
    if (!ledger || claim.outcome === "not-in-force") return [];
    const { row } = parseAddress(first.address)!;
    return datesIn(ledger, row).flatMap(({ column, day, header }) =>
      isInForce({ document }, { year: Number(day.slice(0, 4)), day })
        ? []
        : [{ document, hit: { place: ledger.sheet.place(row, column), words: said(`${header} ${day}`) } }],
    );
  });
  return grouped(dated, ({ document }) => document.id).flatMap((of) => {
    const { document } = of[0]!;
    return found({
      weight: "doubtful",
      cause: {
        zh: `合同日期不在文件有效期内：${document.title.zh}`,
        en: `The date of the contract lies outside the window of ${document.title.en}`,
      },
      advice: outsideAdvice(document),
      counted: "row",
      hits: once(of.map(({ hit }) => hit)),
    });
  });
};

const EPOCHS_APART = 1462;
const DAY_MS = 86_400_000;
const fourYearsLater = (day: string): string =>
  new Date(Date.parse(day) + EPOCHS_APART * DAY_MS).toISOString().slice(0, 10);

const ADVICE_1904: Text = {
  zh: "Excel 交给函数的日期序列数从 1904 年起算，读成 1900 年起算就早了 1462 天（四年零一天）。在“选项 → 高级”里取消“使用 1904 日期系统”并核对各日期，或把日期写成文字，如 2026-06-10。",
  en: "Excel hands over days that count from 1904, and read from 1900 they are 1462 days early. Switch the 1904 date system off under Options, Advanced, and check the dates, or enter dates as texts such as 2026-06-10.",
};

/** Days that our functions read four years early; where the host cannot tell, those that lie outside the window only so. */
const countedFrom1904: Check = (model) => {
  if (model.from1904 === false) return [];
  /** Those of a row that functions get as numbers. */
  const readIn = (ledger: Ledger, row: number) =>
    datesIn(ledger, row)
      .filter(({ column }) => typeof ledger.sheet.value(row, column) === "number")
      .map(({ column, day, header }) => ({ place: ledger.sheet.place(row, column), day, header }));
  if (model.from1904) {
    const read = model.ledgers.flatMap((ledger) => ledger.contracts.flatMap((row) => readIn(ledger, row)));
    return found({
      weight: "wrong",
      cause: {
        zh: "工作簿使用 1904 日期系统，函数读到的日期早了四年",
        en: "The workbook counts days from 1904: functions read them four years early",
      },
      advice: ADVICE_1904,
      counted: "row",
      hits: once(read.map(({ place, day, header }): Hit => ({ place, words: said(`${header} ${day}`) }))),
    });
  }
  const early = claims(model).flatMap(({ claim, document }) => {
    const [first] = claim.inputs;
    const ledger = first && ledgerAt(model, first);
    if (!ledger) return [];
    const isIn = (day: string): boolean => isInForce({ document }, { year: Number(day.slice(0, 4)), day });
    return readIn(ledger, parseAddress(first.address)!.row).filter(
      ({ day }) => !isIn(day) && isIn(fourYearsLater(day)),
    );
  });
  return found({
    weight: "doubtful",
    cause: { zh: "日期像是早了四年（1904 日期系统）", en: "Dates look four years early (1904 date system)" },
    advice: ADVICE_1904,
    counted: "row",
    hits: once(
      early.map(({ place, day }): Hit => ({
        place,
        words: { zh: `${day}，或为 ${fourYearsLater(day)}`, en: `${day}, perhaps ${fourYearsLater(day)}` },
      })),
    ),
  });
};

function outsideAdvice(document: Document): Text {
  const { from, to } = windowOf(document);
  return {
    zh: `有效期 ${from} 至 ${to ?? "未载终止日"}。文件以何日为准，请对照条款；不属本期的合同不要列入。`,
    en: `The window runs from ${from} to ${to ?? "no stated end"}. See in the clause which date counts; leave out contracts of another period.`,
  };
}

/** Full dates in the columns of dates; a bare year says nothing of a day. */
function datesIn(
  ledger: Ledger,
  row: number,
): { readonly column: number; readonly header: string; readonly day: string }[] {
  return columnsOf(ledger, "date").flatMap(({ column, header }) => {
    const value = ledger.sheet.value(row, column);
    if (isBlank(value)) return [];
    try {
      const { day } = readClaim(value);
      return day === undefined ? [] : [{ column, header, day }];
    } catch {
      return [];
    }
  });
}

const usedUp: Check = (model) =>
  found({
    weight: "note",
    cause: {
      zh: "企业（或项目）的上限已经用完，这些行为 0",
      en: "The limit of the firm or project is used up: these rows are 0",
    },
    advice: {
      zh: "结果没有错：前面各行或“已获”一栏已用完上限。行的先后决定由哪一行承担。",
      en: "Nothing is wrong: earlier rows, or what was granted before, used the limit up. The order of the rows decides which of them bears the cut.",
    },
    counted: "row",
    hits: model.calls.flatMap(({ rows, place }) =>
      rows.flatMap((claim): Hit[] => {
        if (!claim.isUsedUp) return [];
        const at = claim.inputs[0] ?? place;
        const name = firmAt(model, at);
        return [{ place: at, ...(name && { words: said(name) }) }];
      }),
    ),
  });

/** The firm in the row of a place. */
function firmAt(model: Model, place: Place): string | undefined {
  const ledger = ledgerAt(model, place);
  const [firm] = ledger ? columnsOf(ledger, "firm") : [];
  return firm && String(ledger!.sheet.value(parseAddress(place.address)!.row, firm.column));
}

export const LAW: readonly Check[] = [version, countedFrom1904, outside, signedOutside, usedUp, drafts, notices];
