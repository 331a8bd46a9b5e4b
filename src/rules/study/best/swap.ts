/**
 * Improves a choice of ways to fill accounts by changing two objects at a time, as long as less is lost. Where amounts are nearly
 * equal this decides how many objects fill each account, which exchanges among a few objects pass over.
 */
import type { Effort } from "./found";
import { bySize, type Filling } from "./filling";
import type { Priced } from "./priced";

/** Loss that is too little to be a fen. */
const LITTLE = 1e-3;
/** Pairs of ways of one round, and rounds, where the effort is too little for all pairs. */
const PAIRS = 2 ** 14;
const ROUNDS = 16;

/**
 * @param start by object the place of its way
 * @returns the same, changed; `start` stays
 */
export function swapped({ ways, targets }: Filling, priced: Priced, start: Uint16Array, effort: Effort): Uint16Array {
  const choice = start.slice();
  const accounts = targets.length;
  const first = new Uint32Array(ways.length + 1);
  ways.forEach(({ length }, i) => (first[i + 1] = first[i]! + length));
  const count = first[ways.length]!;
  // By way, what it draws and loses more than the way that is chosen.
  const draws = Array.from(targets, () => new Float64Array(count));
  const losses = new Float64Array(count);
  const over = targets.map((target) => -target);
  let lost = 0;
  const choose = (i: number, way: number): void => {
    const now = ways[i]![way]!;
    choice[i] = way;
    ways[i]!.forEach((other, w) => {
      for (let k = 0; k < accounts; k++) draws[k]![first[i]! + w] = other.draws[k]! - now.draws[k]!;
      losses[first[i]! + w] = priced.losses[i]![w]! - priced.losses[i]![way]!;
    });
  };
  ways.forEach((some, i) => {
    choose(i, choice[i]!);
    for (let k = 0; k < accounts; k++) over[k]! += some[choice[i]!]!.draws[k]!;
    lost += priced.losses[i]![choice[i]!]!;
  });
  for (let k = 0; k < accounts; k++) lost += priced.lossOf(k, over[k]!);
  const base = new Float64Array(accounts);
  const order = bySize(ways);
  /** The change of one object and of one of those behind it, from one place to before another, with which least is lost. */
  const change = (p: number, from: number, to: number): boolean => {
    const i = order[p]!;
    let [least, one, object, other] = [lost - LITTLE, -1, -1, -1];
    for (let a = first[i]!; a < first[i + 1]!; a++) {
      let own = lost + losses[a]!;
      for (let k = 0; k < accounts; k++) {
        own -= priced.lossOf(k, over[k]!);
        base[k] = over[k]! + draws[k]![a]!;
      }
      // The ways that are chosen change nothing: with them it is one object that changes.
      for (let q = from; q < to; q++) {
        const j = order[q]!;
        for (let b = first[j]!; b < first[j + 1]!; b++) {
          let loss = own + losses[b]!;
          for (let k = 0; k < accounts && loss < least; k++) loss += priced.lossOf(k, base[k]! + draws[k]![b]!);
          if (loss < least) [least, one, object, other] = [loss, a, j, b];
        }
      }
    }
    if (one < 0) return false;
    for (let k = 0; k < accounts; k++) over[k]! += draws[k]![one]! + draws[k]![other]!;
    lost = least;
    choose(i, one - first[i]!);
    choose(object, other - first[object]!);
    return true;
  };
  for (let better = true; better && count * count < effort.left;) {
    better = false;
    effort.left -= (count * count) / 2;
    for (let p = 0; p < order.length; p++) if (change(p, p + 1, order.length)) better = true;
  }
  if (count * count < effort.left) return choice;
  // From round to round with others, those of about the same size first.
  const reach = Math.max(1, Math.floor((PAIRS * ways.length) / (count * count)));
  for (let round = 0, from = 1; round < ROUNDS && from < order.length; round++, from += reach) {
    effort.left -= PAIRS / 2;
    for (let p = 0; p + from < order.length; p++) change(p, p + from, Math.min(order.length, p + from + reach));
  }
  return choice;
}
