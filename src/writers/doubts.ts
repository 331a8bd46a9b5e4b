/** What is doubtful about a row that is computed, and what to do. */
import type { Doubt, Text } from "../rules";

export const DOUBT_WORDS: Readonly<Record<Doubt, { readonly cause: Text; readonly advice: Text }>> = {
  unnamed: {
    cause: {
      zh: "同一企业有的行写了项目等对象，有的没有写",
      en: "Some rows of a firm name the project or the like, others do not",
    },
    advice: {
      zh: "没写对象的行另算一个账户：单个项目的上限、第几年补助都与写了对象的行分开计，可能多算。同一对象的，请逐行填写同样的名称。",
      en: "Rows without one have accounts of their own: limits of one project and years of subsidy are counted apart from those of the others, and the award may come out too high. Enter the same name in every row of one object.",
    },
  },
  "given-late": {
    cause: {
      zh: "后面的行填的已获金额，比前面各行算出的多",
      en: "A later row gives more as granted before than the rows above it come to",
    },
    advice: {
      zh: "已获金额指本表以外、此前已获的，前面的行是按没有这笔钱计算的。请从同一企业（对象）的第一行起填写。",
      en: "What was granted before means before this table; the rows above were computed as if it were not so. Enter it from the first row of the firm or object on.",
    },
  },
  unowned: {
    cause: {
      zh: "限额按服务商、项目等计，这一行没有写是哪一家（哪一个）",
      en: "A limit is counted by provider, project or the like, and the row does not name it",
    },
    advice: {
      zh: "没有写的行独占一份限额，不与其他行合计，补贴可能多算；一次性的奖励也查不出是否重复。请逐行写明。",
      en: "Such a row has the limit to itself and is not counted with the others; the award may come out too high, and an award paid once may be paid again. Name it in every row.",
    },
  },
  "without-award": {
    cause: {
      zh: "按另一项补助额计算的行，表里没有那一项，也没有填金额",
      en: "A row is paid on another award, and the table has neither that award nor its amount",
    },
    advice: {
      zh: "这些行按没有那一项补助计算。请把那一项的行（同一对象、同一年度）放进同一张表，或直接填写补助额；确实没有的，不必改。",
      en: "It is computed as if there were no such award. Put its row (of the same object and year) into the same table, or enter the amount; where there is none, nothing is wrong.",
    },
  },
  "others-blank": {
    cause: {
      zh: "各级财政资金合计有上限，其他资金一栏是空的",
      en: "There is a ceiling on all public money, and the money of others is blank",
    },
    advice: {
      zh: "空的按 0 计，即没有别的财政资金。核对后请填金额，没有的填 0。",
      en: "A blank counts as 0, that is as no other public money. Look it up and enter the amount, or 0.",
    },
  },
  "other-part": {
    cause: {
      zh: "填的季度（上下半年）与申报日期不符",
      en: "The quarter or half-year is not the one of the date of the claim",
    },
    advice: {
      zh: "限额按填的季度计。请改正其中一个；日期填对了的，季度可以留空，由日期得出。",
      en: "The limit is counted by the quarter that is entered. Correct one of them; where the date is right the quarter may be left blank.",
    },
  },
};
