/** What each claim is paid under each sharing rule, in slices. */
import { share, SHARING_METHODS, type CapOrder, type SharingMethod, type SharingRule } from "../../rules";
import type { Planning } from "./planning";
import type { Scenario } from "./pool";
import type { Work } from "./order";

export interface Shares {
  readonly method: SharingMethod;
  /** Per claim, in their order, fen. */
  readonly awards: readonly number[];
}

/** Places of the claims in the order in which they come: by their first days, else by row. */
function ranksByDay({ dated, amounts }: Planning["claims"]): number[] | undefined {
  if (!dated) return undefined;
  const first = new Map<number, string>();
  for (const { date, claim } of dated) {
    const known = first.get(claim);
    if (known === undefined || date < known) first.set(claim, date);
  }
  const places = amounts.map((_, claim) => claim);
  places.sort((a, b) => (first.get(a)! < first.get(b)! ? -1 : first.get(a)! > first.get(b)! ? 1 : a - b));
  const ranks = new Array<number>(places.length);
  places.forEach((claim, place) => (ranks[claim] = place + 1));
  return ranks;
}

/** The sharing rules that the claims allow: by rank only where ranks are given. */
export const methodsFor = ({ ranks }: Planning["claims"]): SharingMethod[] =>
  SHARING_METHODS.filter((method) => method !== "rank" || ranks);

export interface SharesQuestion {
  readonly planning: Planning;
  readonly scenario: Scenario;
  readonly order: CapOrder;
  readonly winners: number | undefined;
}

export function* sharesOf({ planning, scenario: { cap }, order, winners }: SharesQuestion): Work<Shares[]> {
  const { claims, amount } = planning;
  const methods = methodsFor(claims);
  const byDay = ranksByDay(claims);
  const shares: Shares[] = [];
  for (const method of methods) {
    yield shares.length / methods.length;
    // Serving by the rank of the day is first come, first served, whatever the order of the rows.
    const ranked = method === "first_come" && byDay ? byDay : claims.ranks;
    const rule: SharingRule = {
      order,
      method: method === "first_come" && byDay ? "rank" : method,
      ...(cap !== undefined && { cap }),
      ...(ranked && { ranks: ranked }),
      ...(winners !== undefined && { winners }),
    };
    shares.push({ method, awards: share(claims.amounts, amount, rule) });
  }
  return shares;
}
