/** The pool that is planned: one of the catalogue, with the caps of what it pays for, or a free amount. */
import { capInFen } from "../../functions/catalogue";
import { poolOf } from "../../writers/terms";
import {
  CATALOGUE,
  isInForce,
  Refusal,
  refuse,
  type Claim,
  type Entry,
  type Jurisdiction,
  latestAt,
} from "../../rules";
import { amountOf, typedMoney, type TypedAmount } from "../parts/amount";
import { namedIn, type FieldName, type Form } from "./form";

/** The pool of the form that is in no document. */
export const OWN_POOL = "own";

/** Pools with money to share out, of a jurisdiction, in force then. The size that a fund aims at is none. */
export function poolsOf(jurisdiction: Jurisdiction, claim: Claim): Entry[] {
  return CATALOGUE.map((entry) => latestAt(entry, claim)).filter((entry) => {
    const { budget } = entry.instrument;
    return (
      entry.jurisdiction === jurisdiction && isInForce(entry, claim) && budget?.amount && budget.envelope !== "target"
    );
  });
}

/** The id of the pool that the planner shows: the one that was chosen, where it is still offered, else the first. */
export function plannedPool(chosen: string | undefined, jurisdiction: Jurisdiction, claim: Claim): string {
  const pools = poolsOf(jurisdiction, claim).map((entry) => entry.instrument.id);
  return chosen === OWN_POOL || pools.includes(chosen ?? "") ? chosen! : (pools[0] ?? OWN_POOL);
}

/** The cap of each instrument that draws on a pool, in fen, without repetition; as BUTIE.CAP gives them. */
export function capsOf(pool: Entry, claim: Claim): number[] {
  const caps = CATALOGUE.filter(({ instrument }) => instrument.pool === pool.instrument.id).flatMap((entry) => {
    try {
      return [capInFen(entry, undefined, claim)];
    } catch (error) {
      if (error instanceof Refusal) return [];
      throw error;
    }
  });
  return [...new Set(caps)];
}

/** @param otherwise fen, where nothing was typed */
const moneyIn = (form: Form, name: FieldName, otherwise?: number): TypedAmount =>
  amountOf(form[name] ?? (otherwise === undefined ? "" : typedMoney(otherwise)));

export interface Pool {
  /** Undefined for a free amount. */
  readonly entry: Entry | undefined;
  readonly amount: TypedAmount;
  /** The cap of one claim, or of one firm where the claims name their firms; blank: none. */
  readonly cap: TypedAmount;
  /** What if the cap were this one; blank: no such question. */
  readonly otherCap: TypedAmount;
}

export function poolIn(form: Form, entry: Entry | undefined, claim: Claim): Pool {
  return {
    entry,
    amount: moneyIn(form, "amount", entry && poolOf(entry)?.fen),
    cap: moneyIn(form, "cap", entry && capsOf(entry, claim)[0]),
    otherCap: moneyIn(form, "other-cap"),
  };
}

/** One of the caps that are compared; `cap` in fen, undefined: no cap. */
export interface CapCase {
  readonly id: "present" | "other";
  readonly cap: number | undefined;
}

export function capCasesOf({ cap, otherCap }: Pool): CapCase[] {
  const present: CapCase = { id: "present", cap: cap.fen };
  return otherCap.fen === undefined ? [present] : [present, { id: "other", cap: otherCap.fen }];
}

/** What the form holds of years whose pool is not the usual one. */
export const yearPoolTexts = (form: Form): Readonly<Record<string, string>> => namedIn(form, "year-pools");

/** Fen, of years whose pool is not the usual one. @throws Refusal that names the year */
export const yearPoolsIn = (form: Form): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(yearPoolTexts(form)).flatMap(([name, words]): [string, number][] => {
      const [, year] = /^(\d{4})年?$/.exec(name.normalize("NFKC").trim()) ?? [];
      if (year === undefined) throw refuse(`各年的资金池：“${name}”不是年份`, `pools by year: ${name} is no year`);
      const { fen, refusal } = amountOf(words);
      if (refusal) throw refuse(`${year}年的资金池：${refusal.zh}`, `pool of ${year}: ${refusal.en}`);
      return fen === undefined ? [] : [[year, fen]];
    }),
  );

/** How the money comes: all at first, or anew each year with what is left carried over or lapsed. */
export const CARRIES = ["once", "lapse", "carry"] as const;
export type Carry = (typeof CARRIES)[number];

/** What the form chose; else a yearly pool lapses. */
export const carryOf = (form: Form, { entry }: Pick<Pool, "entry">): Carry =>
  CARRIES.find((known) => known === form.carry) ?? (entry?.instrument.budget?.per === "year" ? "lapse" : "once");

export const YEAR_CARRIES = ["lapse", "carry"] as const;
export type YearCarry = (typeof YEAR_CARRIES)[number];

/** What a year leaves in the plan over several years: as chosen there, else as chosen for the money that comes; lapsed where it comes once. */
export const yearCarryOf = (form: Form): YearCarry =>
  YEAR_CARRIES.find((known) => known === (form["year-carry"] || form.carry)) ?? "lapse";
