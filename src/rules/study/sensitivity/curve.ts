/**
 * The total as a lever moves, all rows together, between the kinks where another limit of some row takes over. At any place
 * every amount of every row is a line; comparing two of them shows which is smaller and how far that holds. Carried through
 * all rows, shared limits included, this gives the line of the total and the nearest kinks on both sides, in one pass.
 *
 * Whole numbers throughout: the lever in its steps, amounts in units of a fen that make every coefficient whole. Rows are
 * rounded to fen only where the lever does not move them, so that the lines of a rate are within half a fen per row; and a
 * test on other rows of the firm is answered by the row itself. The lines show where to look, not what is paid.
 */
import { rounded } from "../../award/award";
import { Facts } from "../../award/facts";
import { fold } from "../../award/fold";
import { pathOf } from "../../award/path";
import { productsOf, type LimitProducts, type PathProducts, type Product } from "../../award/products";
import { rowAt, type Block } from "../../columns";
import { Inputs } from "../../columns/inputs";
import { AccountNumbers, Ledger } from "../../columns/ledger";
import { statesOf } from "../../columns/states";
import { ceilingOf, commonMultiple, floorOf, ratio } from "../../number/ratio";
import type { Plan } from "../../plan/plan";

/** height + slope × steps */
interface Line {
  readonly height: bigint;
  readonly slope: bigint;
}

/** A limit of one row; rows draw on its account where it is shared. */
interface RowLimit {
  readonly line: Line;
  /** What the row gives as granted before. */
  readonly used: Line;
  readonly account?: number;
}

interface RowLines {
  readonly highest: boolean;
  /** Units; below `least`, `otherwise` is paid. */
  readonly minimum?: { readonly least: Line; readonly otherwise: Line };
  readonly parts: readonly (readonly RowLimit[])[];
  readonly overall: readonly RowLimit[];
  readonly minus: bigint;
  readonly pieces: bigint;
}

/** The total near one near. It holds at the whole steps from `from` to `to`. */
export interface Segment {
  readonly from: bigint;
  readonly to: bigint;
  /** Units of the curve: at no step, and per step. */
  readonly height: bigint;
  readonly slope: bigint;
}

/** A block with its plan where the lever stands at nothing and at one step; its limits are linear in the lever. */
export interface MovingBlock {
  readonly block: Block;
  readonly still: Plan;
  readonly moved: Plan;
}

export class TotalCurve {
  /** Units of one fen. */
  readonly unit: bigint;
  private readonly rows: RowLines[] = [];
  private readonly accounts = new AccountNumbers();

  /** @param highest step of the lever */
  constructor(
    blocks: readonly MovingBlock[],
    private readonly highest: bigint,
  ) {
    const paths = blocks.map(pathsOf);
    const terms = paths.flatMap(({ pairs }) => pairs.flatMap((pair) => pair?.flatMap(termsOf) ?? []));
    this.unit = terms.reduce((unit, { coefficient }) => commonMultiple(unit, coefficient.d), 1n);
    const ledger = new Ledger(blocks.map(({ block, still }) => ({ ...block, plan: still })));
    const found = paths.flatMap((known) => this.rowsOf(known, ledger));
    // Rows draw on shared limits in the order of their year, then of the table.
    for (const { lines } of found.sort((a, b) => a.year - b.year || a.at - b.at)) this.rows.push(lines);
  }

  /** The segment around a step. */
  at(step: bigint): Segment {
    const near = new Neighbourhood(step, this.highest);
    const granted = Array.from({ length: this.accounts.count }, () => NOTHING);
    const before = ({ used, account }: RowLimit): Line =>
      account === undefined ? used : near.larger(used, granted[account]!);
    const draw = (limits: readonly RowLimit[], amount: Line): void => {
      for (const { used, account } of limits) {
        if (account !== undefined) granted[account] = plus(near.larger(granted[account]!, used), amount);
      }
    };
    let total = NOTHING;
    for (const { parts, highest, overall, minus: off, minimum, pieces } of this.rows) {
      const folded = fold<RowLimit, Line>(
        { parts, highest, limits: overall },
        {
          nothing: NOTHING,
          amount: (limit) => near.positive(minus(limit.line, before(limit))),
          add: plus,
          larger: (a, b) => near.larger(a, b),
          smaller: (a, b) => near.smaller(a, b),
          rest: (a) => (off ? near.positive(minus(a, { height: off, slope: 0n })) : a),
          round: (a) => {
            if (minimum && near.positive(a) === a && near.smaller(minimum.least, a) !== minimum.least)
              return minimum.otherwise;
            return pieces === 1n ? a : { height: a.height * pieces, slope: a.slope * pieces };
          },
        },
      );
      parts.forEach((limits, p) => draw(limits, folded.parts[p]!));
      draw(overall, folded.capped);
      total = plus(total, folded.award);
    }
    return { from: near.from, to: near.to, ...total };
  }

  /**
   * The last step at which the total does not exceed an amount, by the lines: between two kinks the line is solved, and
   * where its answer lies beyond them the search goes on there. The total must not fall as the lever rises.
   * @param fen from the total at no step
   */
  solve(fen: number): { step: bigint; segment: Segment } {
    const wanted = BigInt(fen) * this.unit;
    let [low, high] = [0n, this.highest + 1n];
    let step = 0n;
    for (let turn = 1; ; turn++) {
      const segment = this.at(step);
      const { from, to, height, slope } = segment;
      const last = slope > 0n ? floorOf({ n: wanted - height, d: slope }) : height <= wanted ? this.highest : -1n;
      if (last >= from && last < to) return { step: last, segment };
      if (last < from) high = from;
      else low = to;
      if (high - low <= 1n) return { step: low, segment };
      // A line may point far off; halving now and then bounds how many are looked at.
      step = last > low && last < high && turn % HALVE_EVERY ? last : (low + high) / 2n;
    }
  }

  private rowsOf({ block, inputs, ids, pairs }: BlockPaths, ledger: Ledger): FoundRow[] {
    const { columns, at } = block;
    const { year } = inputs.plan.claim;
    const found: FoundRow[] = [];
    for (let i = 0; i < columns.length; i++) {
      const pair = pairs[ids[i]!];
      if (!pair) continue;
      const [still, moved] = pair;
      const { highest, rounding } = inputs.plan;
      const alone = still.parts.length === 1 && !still.limits.length;
      const line = (fen: number): Line => ({ height: BigInt(fen) * this.unit, slope: 0n });
      const limits = (a: readonly LimitProducts[], b: readonly LimitProducts[]): RowLimit[] =>
        a.map((limit, l) => this.limitOf(limit, b[l]!, inputs, i, alone, this.accountIn(ledger, block, limit, i)));
      const lines: RowLines = {
        highest,
        ...(rounding.minimum && {
          minimum: { least: line(rounding.minimum.fen), otherwise: line(rounding.minimum.otherwise) },
        }),
        parts: still.parts.flatMap((part, p) =>
          part.limits.length ? [limits(part.limits, moved.parts[p]!.limits)] : [],
        ),
        overall: limits(still.limits, moved.limits),
        minus: still.minus ? this.valueOf(still.minus, inputs, i) : 0n,
        pieces: still.times ? this.valueOf(still.times, inputs, i) / this.unit : 1n,
      };
      found.push({ at: at ? at[i]! : i, year, lines });
    }
    return found;
  }

  private limitOf(
    still: LimitProducts,
    moved: LimitProducts,
    inputs: Inputs,
    i: number,
    alone: boolean,
    account: number | undefined,
  ): RowLimit {
    const sum = ({ terms }: LimitProducts): bigint =>
      terms.reduce((all, term) => all + this.valueOf(term, inputs, i), 0n);
    const used = still.used ? this.valueOf(still.used, inputs, i) : 0n;
    const [gross, next] = [sum(still), sum(moved)];
    const height = alone && gross === next ? this.rounded(gross, inputs.plan) : gross;
    return {
      line: { height, slope: next - gross },
      used: { height: used, slope: 0n },
      ...(account !== undefined && { account }),
    };
  }

  /** Number of the account of a shared limit that a row draws on. */
  private accountIn(ledger: Ledger, block: Block, { limit }: LimitProducts, i: number): number | undefined {
    return limit.allowance && this.accounts.of(ledger.of(block, limit.allowance), i);
  }

  /** Rounding the smallest of several limits is taking the smallest of their roundings. */
  private rounded(amount: bigint, { rounding }: Plan): bigint {
    const { step, half } = rounding;
    return rounded(ratio(amount, this.unit), { step, half }) * this.unit;
  }

  private valueOf({ coefficient: { n, d }, inputs: names }: Product, inputs: Inputs, i: number): bigint {
    return names.reduce((value, name) => value * BigInt(inputs.varying(name)!.values[i]!), n * (this.unit / d));
  }
}

const HALVE_EVERY = 8;

interface FoundRow {
  readonly at: number;
  readonly year: number;
  readonly lines: RowLines;
}

interface BlockPaths {
  readonly block: Block;
  readonly inputs: Inputs;
  readonly ids: Uint16Array;
  /** By state; undefined where its rows get no money. */
  readonly pairs: readonly (readonly [PathProducts, PathProducts] | undefined)[];
}

function pathsOf({ block, still, moved }: MovingBlock): BlockPaths {
  const { columns } = block;
  const inputs = new Inputs(still, columns);
  const states = statesOf(still, columns);
  return {
    block,
    inputs,
    ids: states.ids,
    pairs: states.rows.map((i) => {
      const row = rowAt(columns, i);
      const scale = (name: string): number | undefined => inputs.scale(name);
      const [a, b] = [still, moved].map((plan) => productsOf(pathOf(new Facts(plan, row)), scale)) as [
        PathProducts,
        PathProducts,
      ];
      return a.path.outcome.kind === "award" ? [a, b] : undefined;
    }),
  };
}

const termsOf = ({ parts, limits, minus: taken, times }: PathProducts): Product[] => [
  ...[...parts.flatMap((part) => part.limits), ...limits].flatMap((limit) => [
    ...limit.terms,
    ...(limit.used ? [limit.used] : []),
  ]),
  ...(taken ? [taken] : []),
  ...(times ? [times] : []),
];

const NOTHING: Line = { height: 0n, slope: 0n };
const plus = (a: Line, b: Line): Line => ({ height: a.height + b.height, slope: a.slope + b.slope });
const minus = (a: Line, b: Line): Line => ({ height: a.height - b.height, slope: a.slope - b.slope });

/** One step of the lever, and how far to both sides all comparisons made there come out the same. */
class Neighbourhood {
  from = 0n;

  constructor(
    private readonly step: bigint,
    public to: bigint,
  ) {}

  smaller(a: Line, b: Line): Line {
    return this.ordered(a, b)[0];
  }

  larger(a: Line, b: Line): Line {
    return this.ordered(a, b)[1];
  }

  positive(a: Line): Line {
    return this.ordered(a, NOTHING)[1];
  }

  private ordered(a: Line, b: Line): readonly [Line, Line] {
    const gap = b.height - a.height + (b.slope - a.slope) * this.step;
    const [low, high] = gap >= 0n ? [a, b] : [b, a];
    const closing = low.slope - high.slope;
    if (closing > 0n) {
      const meet = floorOf({ n: high.height - low.height, d: closing });
      if (meet < this.to) this.to = meet;
    } else if (closing < 0n) {
      const met = ceilingOf({ n: low.height - high.height, d: -closing });
      if (met > this.from) this.from = met;
    }
    return [low, high];
  }
}
