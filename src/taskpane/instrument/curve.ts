/** The award of an instrument over one amount, as lines to draw: exact pieces, with a line for each answer still open. */
import {
  award,
  compare,
  divide,
  multiply,
  pieces,
  ratio,
  subtract,
  add,
  toDecimal,
  type Entry,
  type Language,
  type Piece,
  type Plan,
  type Ratio,
  type Row,
  type Value,
} from "../../rules";
import { labelOf } from "../../writers/words";

/** A line to draw. `label` distinguishes it from the others; "" where it is the only one of its instrument. */
export interface Curve {
  readonly entry: Entry;
  readonly label: string;
  readonly pieces: readonly Piece[];
}

/** More lines than this nobody can distinguish. */
const MOST = 4;
/** Any amount does, to ask what else the row lacks. */
const SOME_FEN = 100_000_000;

/** Curves of an instrument; or, in `missing`, the inputs without which there is none. */
export function curvesOf(
  plan: Plan,
  row: Row,
  input: string,
  language: Language,
): { readonly curves: readonly Curve[]; readonly missing: readonly string[] } {
  const { outcome } = award(plan, { ...row, [input]: SOME_FEN });
  const missing = outcome.kind === "incomplete" || outcome.kind === "unquantified" ? outcome.missing : [];
  const [open] = missing;
  if (open === undefined) {
    return { curves: [{ entry: plan.entry, label: "", pieces: pieces(plan, row, input) }], missing: [] };
  }
  const answers = answersOf(plan, open, language);
  const all = answers.map(({ value, label }) => {
    const { curves, missing: still } = curvesOf(plan, { ...row, [open]: value }, input, language);
    return {
      missing: still,
      curves: curves.map((curve) => ({ ...curve, label: [label, curve.label].filter(Boolean).join("，") })),
    };
  });
  const curves = all.flatMap((answer) => answer.curves);
  const unanswered = all.find((answer) => answer.missing.length);
  if (!answers.length || curves.length > MOST) return { curves: [], missing };
  return unanswered ? { curves: [], missing: unanswered.missing } : { curves, missing: [] };
}

/** The answers of an input that has few: yes and no, or the options of a choice. */
function answersOf({ inputs }: Plan, name: string, language: Language): { value: Value; label: string }[] {
  const input = inputs[name];
  const label = labelOf(inputs, name, language);
  if (input?.kind === "flag") {
    return [
      { value: true, label },
      { value: false, label: language === "zh" ? `非${label}` : `not ${label}` },
    ];
  }
  return Object.entries(input?.options ?? {}).map(([value, text]) => ({ value, label: text[language] }));
}

/** The amounts at which another limit takes over, ascending, without repetition. */
export function kinksOf(curves: readonly Curve[]): Ratio[] {
  const all = curves.flatMap((curve) => curve.pieces.slice(1).map(({ from }) => from)).sort(compare);
  return all.filter((kink, i) => i === 0 || compare(kink, all[i - 1]!) !== 0);
}

/** How far to draw, in fen: beyond the last kink by half; without a kink ten million yuan. */
export function extent(curves: readonly Curve[]): Ratio {
  const last = kinksOf(curves).at(-1);
  return last ? multiply(last, ratio(3, 2)) : ratio(1_000_000_000);
}

/** The curves as columns of numbers over common amounts, in yuan; twice the same amount where a curve jumps. */
export function columnsOf(curves: readonly Curve[], upTo: Ratio): { x: number[]; y: number[][] } {
  const cuts = kinksOf(curves).filter((kink) => compare(kink, upTo) < 0);
  const xs = [ratio(0), ...cuts.flatMap((cut) => [cut, cut]), upTo];
  const valueAt = (curve: Curve, x: Ratio, i: number): number => {
    // Of two equal amounts the first is seen from the left, the second from the right.
    const fromLeft = i % 2 === 1;
    const piece =
      curve.pieces.find(({ from, to }) =>
        fromLeft ? compare(from, x) < 0 && compare(x, to) <= 0 : compare(from, x) <= 0 && compare(x, to) < 0,
      ) ?? curve.pieces.at(-1)!;
    const { from, to, start, end } = piece;
    const width = subtract(to, from);
    const way = subtract(x, from);
    return inYuan(add(start, multiply(subtract(end, start), divide(way, width))));
  };
  return { x: xs.map(inYuan), y: curves.map((curve) => xs.map((x, i) => valueAt(curve, x, i))) };
}

const inYuan = (fen: Ratio): number => toDecimal(fen, 0).div(100).toNumber();
