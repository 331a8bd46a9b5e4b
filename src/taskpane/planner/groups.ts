/** What is said of groups of claims: the chance of approval of each, and factors that move them together. */
import { Refusal, refuse, type CommonFactor, type FactorState, type Input } from "../../rules";
import { readInput } from "../../tables";
import { refusedAt } from "./claim-columns";
import type { Claims } from "./claims";
import { percentWords } from "../parts/figure";
import { namedIn, type Form } from "./form";

/** Of each group of the claims, as the form holds it: a text for its chance. */
export type Chances = Readonly<Record<string, string>>;
/** By group ("": all claims) three texts for each state: its chance, times the probability, times the amount. */
export type FactorTexts = Readonly<Record<string, readonly (readonly string[])[]>>;

export const chancesOf = (form: Form): Chances => namedIn(form, "group-chances");
export const factorTextsOf = (form: Form): FactorTexts => namedIn(form, "factors");

export interface Group {
  /** "" for claims whose cell is blank. */
  readonly name: string;
  readonly count: number;
  /** Fen. */
  readonly total: number;
}

/** The groups in the order in which they appear; claims of zero belong to none. */
export function groupsOf({ groups = [], amounts }: Pick<Claims, "groups" | "amounts">): Group[] {
  const found = new Map<string, { count: number; total: number }>();
  groups.forEach((name, k) => {
    if (amounts[k] === 0) return;
    const { count, total } = found.get(name) ?? { count: 0, total: 0 };
    found.set(name, { count: count + 1, total: total + amounts[k]! });
  });
  return [...found].map(([name, sums]) => ({ name, ...sums }));
}

const groupWords = (name: string) =>
  name === "" ? { zh: "类别为空的申请", en: "claims with a blank group" } : { zh: name, en: name };

const RATE: Input = { kind: "rate", zh: "可能", en: "chance" };
const TIMES: Input = { kind: "number", zh: "倍数", en: "multiplier" };

const read = (input: Input, words: string, otherwise: number): number => {
  const value = words.trim() === "" ? otherwise : readInput(input, words);
  return typeof value === "number" ? value : 0;
};

/**
 * The probability of each claim by its group; undefined where the form gives no chance to any group.
 * @throws Refusal for a chance that cannot be read, for a group without one while others have one, and where probabilities are given, too
 */
export function probabilitiesByGroup(form: Form, claims: Claims): number[] | undefined {
  const texts = chancesOf(form);
  const groups = groupsOf(claims);
  if (!claims.groups || groups.every(({ name }) => !texts[name]?.trim())) return undefined;
  if (form.probability?.trim() || claims.columns.probability)
    throw refuse(
      "“概率”已有一列或一个数，按类别的可能不再填",
      "the claims have probabilities of their own: give no chances by group",
    );
  const chances = new Map(
    groups.map(({ name, count }): [string, number] => {
      const words = groupWords(name);
      if (!texts[name]?.trim())
        throw refuse(
          `${words.zh}（${count} 笔）还没有填可能；别的类别已填，这一类也须填`,
          `no chance for ${words.en} (${count} claims), while other groups have one`,
        );
      try {
        return [name, read(RATE, texts[name], 1)];
      } catch (error) {
        throw refusedAt(words, error);
      }
    }),
  );
  return claims.groups.map((name) => chances.get(name) ?? 1);
}

/** The factors of the form that move some claim. @throws Refusal for what cannot be read */
export function factorsIn(form: Form, claims: Pick<Claims, "groups">): CommonFactor[] {
  return Object.entries(factorTextsOf(form)).flatMap(([name, rows]): CommonFactor[] => {
    const filled = rows.filter((row) => row.some((words) => words.trim()));
    if (!filled.length || (name && !claims.groups?.includes(name))) return [];
    try {
      const states = filled.map((words): FactorState => {
        const [chance = "", probability = "", size = ""] = words;
        if (!chance.trim()) throw refuse("每种情形都须填可能，如 25%", "each state needs its chance, such as 25%");
        return { chance: read(RATE, chance, 0), probability: read(TIMES, probability, 1), size: read(TIMES, size, 1) };
      });
      const all = states.reduce((total, { chance }) => total + chance, 0);
      if (Math.abs(all - 1) > 1e-9)
        throw refuse(
          `各种情形的可能应合计 100%，现为 ${percentWords(all)}`,
          `the chances of the states must add up to 100%, not ${percentWords(all)}`,
        );
      return [{ group: name || undefined, states }];
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw refusedAt(name ? { zh: name, en: name } : { zh: "全部申请", en: "all claims" }, error);
    }
  });
}
