/** The pools on which the instruments of a book draw: their lines among the parameters, and what is offered to choose from. */
import { entryOf, halfUp, parseFigure, toYuan, yuanToFen, type Entry } from "../rules";
import type { Expression } from "../writers/formula/expression";
import { Parameters, type Content } from "../writers/formula/sheet";
import { PAGES, PARAMETER_GAP, type ParameterSection, type Quoted } from "./other-pages";

export const POOL = "资金池";

/** A pool of a document, and the line of the parameter sheet that holds its money. */
export interface PoolLine {
  readonly entry: Entry;
  readonly parameters: Parameters;
  /** Yuan, in the parameter sheet. */
  readonly amount: Expression;
}

/**
 * Pools with the money that their documents name, in sections of the parameter sheet below those that are there.
 * @param ids those without an amount are left out
 */
export function poolLines(ids: Iterable<string | undefined>, last: Parameters): PoolLine[] {
  const known = [...new Set(ids)].filter((id) => id !== undefined);
  return known.map(entryOf).flatMap((entry): PoolLine[] => {
    const figure = entry.instrument.budget?.amount;
    if (figure === undefined) return [];
    const parameters = new Parameters(PAGES.parameters, last.first + last.list.length + PARAMETER_GAP);
    const value = toYuan(halfUp(yuanToFen(parseFigure(figure))));
    last = parameters;
    return [{ entry, parameters, amount: parameters.add({ label: entry.instrument.name.zh, format: "money", value }) }];
  });
}

export const poolName = ({ entry }: Pick<PoolLine, "entry">): string =>
  `${entry.jurisdiction.name.zh} ${entry.instrument.name.zh}`;

export const poolSections = (pools: readonly PoolLine[]): (ParameterSection & { readonly quoted: Quoted })[] =>
  pools.map((pool) => ({
    parameters: pool.parameters,
    title: `${POOL}：${poolName(pool)}`,
    quoted: { entry: pool.entry, sheet: POOL },
  }));

/** A pool to choose; its money is a cell of the parameter sheet, or what the user enters. */
export interface PoolOffered {
  readonly label: string;
  readonly amount: Content;
  readonly link?: string;
}

export const offered = (pool: PoolLine): PoolOffered => ({
  label: poolName(pool),
  amount: pool.amount,
  link: `${PAGES.parameters}!A${pool.parameters.first}`,
});
