/**
 * Amounts in formulas, exact to the fen. A cell holds yuan: the double nearest to the exact amount. What is a whole number of
 * parts of a fen is brought back to that number before it is rounded, so that halves are true halves.
 */
import { toYuan, type PlanLimit, type PlanTerm, type Rounding } from "../../rules";
import { FEN, type Clause, type Whole } from "./clause";
import {
  commonMultiple,
  compares,
  minus,
  most,
  over,
  plus,
  round,
  times,
  when,
  whole,
  ZERO_CELL,
  type Expression,
} from "./expression";

/** The figures of a term that were chosen, in their order. */
export type Chosen = Map<PlanTerm["figures"][number], Expression>;

export class Amounts {
  /** Into how many parts a fen is divided, so that every amount is a whole number of them; undefined: whole fen are enough. */
  private units: Expression | undefined;
  private readonly scales: Expression[] = [];

  constructor(private readonly clause: Clause) {}

  /** The sum of a limit's products in yuan. */
  gross({ terms }: PlanLimit, chosen: Chosen): { value: Expression; isProduct: boolean } {
    const products = terms.map((term) => this.product(term, chosen));
    return {
      value: products.map(({ value }) => value).reduce(plus),
      isProduct: products.length > 1 || products[0]!.isProduct,
    };
  }

  private product({ factors, figures }: PlanTerm, chosen: Chosen): { value: Expression; isProduct: boolean } {
    // A factor of one is left out.
    const telling = figures.filter((figure) => chosen.get(figure)!.constant !== 1);
    const [factor] = factors;
    const { inputs } = this.clause.plan;
    if (!factors.length && telling.length === 1 && telling[0]!.unit === "money")
      return { value: chosen.get(telling[0]!)!, isProduct: false };
    if (factors.length === 1 && !telling.length && inputs[factor!.input]!.kind === "money")
      return { value: this.clause.number(factor!.input), isProduct: false };
    const counted: Whole[] = [
      ...factors.map((one) => this.clause.factor(one)),
      ...telling.map((figure) => this.clause.figureFactor(figure, chosen.get(figure)!)),
    ];
    const parts = counted.flatMap((one) => one.parts);
    if (parts.some((part) => part !== FEN) || parts.length > 1) this.scales.push(times(...parts));
    const product = times(...counted.map(({ count }) => count));
    return { value: parts.length ? over(product, times(...parts)) : product, isProduct: true };
  }

  /** To be called once all products are known. */
  settle(): void {
    if (!this.scales.length) return;
    const scales = [...new Map(this.scales.map((scale) => [scale.text, scale])).values()];
    this.units = this.clause.parameters.add({
      label: "精度：每分分为几份",
      format: "whole",
      value: over(commonMultiple(FEN, ...scales), FEN),
    });
  }

  /** Parts of a fen in an amount, as a whole number. */
  private counted(yuan: Expression): Expression {
    return round(this.size(yuan));
  }

  /** How many parts of a fen an amount has: what must stay exact. */
  size(yuan: Expression): Expression {
    return this.units ? times(yuan, FEN, this.units) : times(yuan, FEN);
  }

  /** An amount that was added or subtracted, as the double nearest to it. */
  nearest(yuan: Expression): Expression {
    return this.units ? over(this.counted(yuan), times(FEN, this.units)) : round(yuan, 2);
  }

  atLeastZero(yuan: Expression): Expression {
    return most(ZERO_CELL, this.nearest(yuan));
  }

  less(yuan: Expression, taken: Expression): Expression {
    return this.atLeastZero(minus(yuan, taken));
  }

  /** What the award of a row is rounded to. */
  rounded(yuan: Expression): Expression {
    return this.inSteps(yuan, this.clause.plan.rounding);
  }

  /** What a row draws on shared limits. */
  drawn(yuan: Expression): Expression {
    return this.inSteps(yuan, this.clause.plan.drawn);
  }

  private inSteps(yuan: Expression, rounding: Rounding): Expression {
    const { minimum } = rounding;
    const paid = this.wholeSteps(yuan, rounding);
    if (!minimum) return paid;
    const least = this.clause.parameters.add({
      label: minimum.otherwise ? "奖补额不足此数的按此数" : "奖补额不足此数的不予支付",
      format: "money",
      value: toYuan(minimum.fen),
    });
    const below = minimum.otherwise ? when(compares(paid, ">", ZERO_CELL), least, ZERO_CELL) : ZERO_CELL;
    return when(compares(paid, "<", least), below, paid);
  }

  private wholeSteps(yuan: Expression, { step, half }: Rounding): Expression {
    const integer = half ? round : whole;
    if (step === 1) {
      if (this.units) return over(integer(over(this.counted(yuan), this.units)), FEN);
      return round(yuan, 2);
    }
    const steps = Number(toYuan(step));
    if (steps === 1) return integer(this.nearest(yuan));
    const size = this.clause.parameters.add({ label: "奖补额按多少元取整", format: "money", value: steps });
    const perYuan = this.units ? times(FEN, this.units) : FEN;
    return times(integer(over(this.counted(yuan), times(perYuan, size))), size);
  }
}
