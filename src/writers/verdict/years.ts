/** The verdict on pools of several years: what is due, the tightest year, what is left or lapses. */
import { aboutMoney, aboutPart, howOften } from "./figures";
import { groundWords, type Ground } from "./pool";

/** Fen, on average; a probability. */
export interface SaidYear {
  readonly year: number;
  readonly pool: number;
  readonly expected: number;
  readonly p90: number;
  readonly unpaid: number;
  readonly left: number;
  readonly usedUp: number;
}

export function yearsVerdict(
  { language, given, once }: Pick<Ground, "language" | "given"> & { readonly once?: boolean },
  years: readonly SaidYear[],
  any: number,
  carriesOver: boolean,
): string {
  const uncertain = given.length > 0;
  const money = (fen: number): string => aboutMoney(fen, language);
  const sum = (of: (year: SaidYear) => number): number => years.reduce((total, year) => total + of(year), 0);
  const due = years
    .map(({ year, expected }) => ({ zh: `${year}年${money(expected)}`, en: `${money(expected)} in ${year}` })[language])
    .join({ zh: "、", en: ", " }[language]);
  const tight = years.reduce((worst, year) => (year.usedUp > worst.usedUp ? year : worst));
  const expect = uncertain ? { zh: "预期", en: "expected " }[language] : "";
  const unpaid = sum((year) => year.unpaid);
  // Elsewhere the same money is there once.
  const anew = { zh: "并按每年各有一笔资金，", en: "with money of its own in each year, " }[language];
  const ground = groundWords({ language, given }) + (once ? anew : "");
  const mean = uncertain ? { zh: "平均", en: "on average " } : undefined;
  const left = carriesOver ? years.at(-1)!.left : sum((year) => year.left);
  const rest = {
    zh: carriesOver
      ? `到${years.at(-1)!.year}年底${expect}结余${money(left)}`
      : `未用完作废的合计${expect}${money(left)}`,
    en: carriesOver
      ? `${money(left)} is ${expect}left at the end of ${years.at(-1)!.year}`
      : `${money(left)} ${expect}lapses in all`,
  }[language];
  if (tight.usedUp === 0)
    return {
      zh: `${ground}${mean?.zh ?? ""}须兑付${due}；各年资金池都够付，${rest}。`,
      en: `${ground}${mean?.en ?? ""}the payments are ${due}; every year's pool suffices, ${rest}.`,
    }[language];
  const chance =
    tight.usedUp === 1
      ? { zh: "必然不够付", en: "it is certain to run out" }[language]
      : {
          zh: `用尽的可能为${aboutPart(tight.usedUp, "zh")}，${howOften(tight.usedUp, "zh")}`,
          en: `it runs out with ${aboutPart(tight.usedUp, "en")}`,
        }[language];
  const more = tight.p90 - tight.pool;
  const safe =
    uncertain && more > 0 && !carriesOver
      ? {
          zh: `，要有九成把握还差${money(more)}`,
          en: `, ${money(more)} short of what suffices in nine cases of ten`,
        }[language]
      : "";
  const whole =
    years.length > 1 && any < 1
      ? {
          zh: `；${years.length}年中至少一年用尽的可能为${aboutPart(any, "zh")}`,
          en: `; in one of the ${years.length} years or more with ${aboutPart(any, "en")}`,
        }[language]
      : "";
  return {
    zh: `${ground}${mean?.zh ?? ""}须兑付${due}。最紧的是${tight.year}年（${money(tight.pool)}），${chance}${safe}${whole}。合计${expect}少付${money(unpaid)}，${rest}。`,
    en: `${ground}${mean?.en ?? ""}the payments are ${due}. The tightest year is ${tight.year} (${money(tight.pool)}): ${chance}${safe}${whole}. In all ${money(unpaid)} ${expect}stays unpaid, ${rest}.`,
  }[language];
}
