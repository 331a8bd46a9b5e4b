/**
 * Because of which number each award moved. Where the rules, as they are now, give just what both versions show, the one is
 * turned into the other step by step, and each step has its effect on each award, that of shared limits included. Elsewhere it
 * is only said what differs; several differences are not taken apart.
 */
import { awards, compare, type Award, type LimitWorking, type PlannedRow, type Ratio } from "../rules";
import { figureWords, limitName, OUTCOME_WORDS } from "../writers/words";
import type { Matched, Pair } from "./matching";
import { stepsOf, turned, type Step } from "./steps";
import { fenOfRows, isRecomputed, type Line, type Setting, type Version } from "./version";

export interface Reason {
  /** The number, reading, year or rows that differ; the same for all awards that moved because of it. */
  readonly cause: string;
  /** What it was and became, for this award; "" where that says nothing more. */
  readonly detail: string;
  readonly clause: string;
  readonly fen: number;
}

/** The reasons of each line that moved, by the line of the version after; of one that is gone, by that before. */
export type Reasons = ReadonlyMap<Line, readonly Reason[]>;

export const UNEXPLAINED = "找不到原因：本行的输入、读法、参数都相同";
const CAUSES = {
  unread: "之后不能测算的行",
  removed: "删去的行",
  read: "之前不能测算的行",
  added: "新增的行",
  order: "行的次序不同",
} as const;

export function reasonsOf(before: Version, after: Version, match: Matched): Reasons {
  return isRecomputed(before.lines) && isRecomputed(after.lines)
    ? (stepwise(before.lines, after.lines, match) ?? differences(match))
    : differences(match);
}

/** A row on its way from one version to the other. */
interface Going {
  /** Under which its reasons are kept: the line after; that before where there is none. */
  readonly line: Line;
  /** Where both versions have the row. */
  readonly pair: Pair | undefined;
  readonly row: PlannedRow;
}

/** Undefined where the steps do not lead from the one version to the other. */
function stepwise(before: readonly Line[], after: readonly Line[], { pairs, added }: Matched): Reasons | undefined {
  const both = pairs.filter((pair) => pair.before.planned && pair.after.planned);
  const pairOf = new Map(pairs.map((pair) => [pair.before, pair]));
  const isNew = new Set(added);
  const numbers = new Numbers(before, after);
  const reasons = new Map<Line, Reason[]>();
  const going = (line: Line, pair: Pair | undefined, row: PlannedRow): Going => ({ line, pair, row });
  const known = before.filter(({ planned }) => planned);
  let state = known.map((line) => {
    const pair = pairOf.get(line);
    return going(pair?.after ?? line, pair, line.planned!);
  });
  let fen = new Map(state.map(({ line }, i) => [line, known[i]!.fen ?? 0]));
  const moveTo = (next: Going[], cause: string, step?: Step): void => {
    const pairsNow = new Map(next.map(({ line, pair }) => [line, pair]));
    const results = fenOfRows(next.map(({ row }) => row));
    const now = new Map(next.map(({ line }, i) => [line, results[i]!]));
    for (const line of new Set([...fen.keys(), ...now.keys()])) {
      const moved = (now.get(line) ?? 0) - (fen.get(line) ?? 0);
      if (!moved) continue;
      const pair = pairsNow.get(line);
      // What cannot be computed afterwards stands as it was until it goes as a whole.
      const isOwn = pair?.after.planned && step?.bears(pair);
      const isThere = fen.has(line) && now.has(line);
      const detail = isOwn ? step!.words(pair) : isThere ? "共用限额的其他行有变" : "";
      const number = isOwn && step?.isByNumber ? numbers.of(pair) : "";
      const clause = step ? (line.planned?.plan.entry.instrument.article ?? "") : "";
      reasons.set(line, [...(reasons.get(line) ?? []), { cause: cause + number, detail, clause, fen: moved }]);
    }
    [state, fen] = [next, now];
  };
  const isSame = (next: readonly Going[]): boolean =>
    next.length === state.length && next.every(({ line }, i) => line === state[i]!.line);
  const change = (next: Going[], cause: string): void => (isSame(next) ? undefined : moveTo(next, cause));
  for (const step of stepsOf(both)) {
    const next = state.map((one) =>
      one.pair?.after.planned && step.bears(one.pair) ? { ...one, row: step.change(one.row, one.pair) } : one,
    );
    moveTo(next, step.cause, step);
  }
  change(
    state.filter(({ pair }) => !pair || pair.after.planned),
    CAUSES.unread,
  );
  change(
    state.filter(({ pair }) => pair),
    CAUSES.removed,
  );
  const there = new Set(state.map(({ line }) => line));
  const others = after
    .filter((line) => line.planned && !there.has(line))
    .map((line) => going(line, undefined, line.planned!));
  change([...state, ...others.filter(({ line }) => !isNew.has(line))], CAUSES.read);
  change([...state, ...others.filter(({ line }) => isNew.has(line))], CAUSES.added);
  const byLine = new Map(state.map((one) => [one.line, one]));
  change(
    after.flatMap((line) => byLine.get(line) ?? []),
    CAUSES.order,
  );
  // Whatever the steps leave out would be a difference that nobody has named.
  return after.every((line) => (fen.get(line) ?? 0) === (line.fen ?? 0)) ? reasons : undefined;
}

/** What decides an award. */
interface Decision {
  readonly words: string;
  /** What earlier rows drew of the limit that decides. */
  readonly drawn: Ratio | undefined;
}

/** By which number an award is decided in one version and in the other: "：按比例 30% → 上限 50 万元". */
class Numbers {
  private decisions: ReadonlyMap<Line, Decision> | undefined;

  constructor(
    private readonly before: readonly Line[],
    private readonly after: readonly Line[],
  ) {}

  of({ before, after }: Pair): string {
    this.decisions ??= new Map([...decidedIn(this.before), ...decidedIn(this.after)]);
    const [was, is] = [this.decisions.get(before), this.decisions.get(after)];
    if (!was?.words || was.words !== is?.words) return `：${turned(was?.words ?? "", is?.words ?? "")}`;
    const isDrawnElse = was.drawn && is.drawn && compare(was.drawn, is.drawn) !== 0;
    return `：${is.words}不变，${isDrawnElse ? "共用该限额的其他行有变" : "基数、已获金额的扣减或取整不同"}`;
  }
}

function decidedIn(lines: readonly Line[]): (readonly [Line, Decision])[] {
  const known = lines.filter(({ planned }) => planned);
  return awards(known.map(({ planned }) => planned!)).map((award, i) => [
    known[i]!,
    { words: numberWords(award), drawn: award.binding?.drawn },
  ]);
}

/** What decides, with the figures that it has for the row: the limit over the sum, or that of each part that pays; else why there is no award. */
function numberWords({ outcome, binding, parts, limits }: Award): string {
  if (!binding) return OUTCOME_WORDS[outcome.kind].zh;
  if (limits.includes(binding)) return limitWords(binding);
  const paying = parts.filter(({ amount }) => amount.n > 0n);
  if (paying.length < 2) return limitWords(paying[0]?.limits.find(({ binds }) => binds) ?? binding);
  return paying
    .map(({ part, limits: own }) => (part.name?.zh ?? "") + limitWords(own.find(({ binds }) => binds)!))
    .join(" + ");
}

function limitWords({ limit, terms: working }: LimitWorking): string {
  const terms = working.flatMap(({ term, factors, figures: taken }) => {
    const figures = taken.flatMap(({ value }, i) => {
      const { unit } = term.figures[i]!;
      return unit === "number" ? [] : [{ value, words: figureWords(value, unit, "zh") }];
    });
    const isNothing = [...factors, ...figures].some(({ value }) => value.n === 0n);
    return isNothing ? [] : figures.map(({ words }) => words).join(" × ");
  });
  return [limitName(limit, "zh"), terms.filter(Boolean).join(" + ")].filter(Boolean).join(" ");
}

/** What differs, where nothing can be computed. */
function differences({ pairs, removed, added }: Matched): Reasons {
  const reasons = new Map<Line, readonly Reason[]>();
  const whole = (line: Line, cause: string, fen: number) => reasons.set(line, [{ cause, detail: "", clause: "", fen }]);
  removed.forEach((line) => whole(line, CAUSES.removed, 0 - (line.fen ?? 0)));
  added.forEach((line) => whole(line, CAUSES.added, line.fen ?? 0));
  const found = pairs.map((pair) => ({
    pair,
    facts: factsOf(pair),
    fen: (pair.after.fen ?? 0) - (pair.before.fen ?? 0),
  }));
  const touched = new Set<string>();
  const owners = ({ firm, object }: Line): string[] =>
    [firm && `企业 ${firm}`, object && `对象 ${object}`].filter(Boolean);
  for (const { pair, facts } of found) if (facts.length) owners(pair.after).forEach((owner) => touched.add(owner));
  for (const line of [...removed, ...added]) owners(line).forEach((owner) => touched.add(owner));
  for (const { pair, facts, fen } of found) {
    if (!fen) continue;
    const shared = owners(pair.after).find((owner) => touched.has(owner));
    reasons.set(pair.after, [
      {
        cause:
          facts.map(({ label }) => `${label}不同`).join("；") ||
          (shared ? "同一企业或对象的其他行有变（共用限额）" : UNEXPLAINED),
        detail: facts.map(({ label, before, after }) => `${label}：${turned(before, after)}`).join("；"),
        clause: [...new Set(facts.flatMap(({ clause }) => clause ?? []))].join("；"),
        fen,
      },
    ]);
  }
  return reasons;
}

interface Fact {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  readonly clause?: string | undefined;
}

/** What differs between two lines, in words that do not depend on how a workbook spells it. */
function factsOf({ before, after }: Pair): Fact[] {
  const labels = [...new Set([...before.inputs.keys(), ...after.inputs.keys()])];
  const cells = labels.map((label) => ({
    label,
    before: before.inputs.get(label) ?? "",
    after: after.inputs.get(label) ?? "",
  }));
  const known = (settings: readonly Setting[]) => new Map(settings.map((setting) => [setting.label, setting]));
  const [old, now] = [known(before.settings), known(after.settings)];
  // What one of the workbooks does not say is not known to differ.
  const settings = [...now.values()].flatMap(({ label, value, clause }) =>
    old.has(label) ? [{ label, before: old.get(label)!.value, after: value, clause }] : [],
  );
  const isKnown = before.instrument && after.instrument;
  const policy = isKnown ? [{ label: "政策", before: before.instrument, after: after.instrument }] : [];
  return [...cells, ...policy, ...settings].filter((fact) => fact.before !== fact.after);
}
