/** Who gains and who loses between two scenarios over the same rows. Plain values, so that a worker can be sent them. */
import {
  baseAmounts,
  bridgeOf,
  changesOf,
  concentrationOf,
  FAMILIES,
  findJurisdiction,
  gainsByGroup,
  gainsOf,
  largestChanges,
  partyChanges,
  ROW_ANSWERS,
  placesOf,
  Refusal,
  runScenarios,
  sizeClasses,
  type Bridge,
  type Change,
  type Concentration,
  type Gains,
  type Scenario,
  type ScenarioBase,
  type ScenarioResult,
  type Text,
  type TwoPayments,
} from "../../../rules";
import { aboutMoney } from "../../../writers/verdict";
import type { Work } from "../../parts/long-work";
import type { Base } from "../base";
import { scenarioBaseOf } from "../request";
import type { Grouping } from "./groupings";

export interface GainsQuestion {
  /** What was asked of which rows, as the pane knows it. */
  readonly asked: string;
  readonly base: Base;
  /** From one way of paying to another; undefined: the rows as they are. */
  readonly from: Scenario | undefined;
  readonly to: Scenario | undefined;
  readonly groupings: readonly Grouping[];
}

/** What the rows are told apart by: their size, what they apply for, or a column of the table. */
export type GroupKind = "size" | "place" | "family" | "column";

export interface GroupGains {
  readonly kind: GroupKind;
  /** Of the column. */
  readonly header?: string;
  readonly rows: readonly { readonly label: Text; readonly gains: Gains }[];
}

export interface NamedChange {
  readonly name: Text;
  readonly before: number;
  readonly after: number;
}

export interface GainsAnswer {
  /** Names of the scenarios; undefined: the rows as they are. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** Whether the rows name firms; else each row is a party of its own. */
  readonly firms: boolean;
  /** Of the parties, those that a scenario adds. */
  readonly added: number;
  /** Rows of the table that one of the ways cannot compute: they count in none. */
  readonly unknown: number;
  readonly all: Gains;
  readonly groups: readonly GroupGains[];
  readonly gains: readonly NamedChange[];
  readonly losses: readonly NamedChange[];
  readonly concentration: readonly [before: Concentration, after: Concentration];
  /** Where several changes lead from the rows as they are to the scenario. */
  readonly bridge?: Bridge & { readonly changes: readonly Change[] };
  /** Why there is none: one of the changes cannot be computed without the others. */
  readonly unbridged?: Text;
}

/** Of the largest gains and losses. */
const NAMED = 10;

/** @throws Refusal where one of the two cannot be computed */
export function* gainsOver({ base: table, from, to, groupings }: Omit<GainsQuestion, "asked">): Work<GainsAnswer> {
  const base = scenarioBaseOf(table);
  const changes = from || !to ? [] : changesOf(to);
  const steps = changes.length > 1 ? changes.map(({ changes: own }): Scenario => ({ name: "", ...own })) : [];
  const ways = [from, to].flatMap((way) => way ?? []);
  const results: ScenarioResult[] = [];
  for (const result of runScenarios(base, [...ways, ...steps], { perRow: true })) {
    if (result.refusal && results.length <= ways.length) throw new Refusal("value", result.refusal);
    results.push(result);
    yield results.length / (ways.length + steps.length + 2);
  }
  const asIs = results[0]!;
  const before = from ? results[1]! : asIs;
  const after = to ? results[ways.length]! : asIs;
  const rows = rowsOf(base, before, after, results);
  const payments = pick(rows, { ...paidOver(base.length, before.fen!, after.fen!), parties: rows.parties });
  const parties = partyChanges(payments);
  const { gains, losses } = largestChanges(parties, NAMED);
  const named = ({ party, ...change }: (typeof gains)[number]): NamedChange => ({
    name: rows.nameOf(party),
    ...change,
  });
  const alone = results.slice(1 + ways.length);
  const unbridged = alone.find(({ refusal }) => refusal)?.refusal;
  return {
    from: from?.name,
    to: to?.name,
    firms: rows.firms,
    added: rows.added,
    unknown: rows.left.size,
    all: gainsOf(parties),
    groups: groupsOf(base, rows, groupings)
      .map(({ labels, codes, ...group }) => ({
        ...group,
        rows: gainsByGroup(payments, codes, labels.length)
          .map((found, k) => ({ label: labels[k]!, gains: found }))
          .filter(({ gains: { parties: some } }) => some > 0),
      }))
      .filter(({ rows: some }) => some.length > 1),
    gains: gains.map(named),
    losses: losses.map(named),
    concentration: [
      concentrationOf(parties.map((party) => party.before)),
      concentrationOf(parties.map((party) => party.after)),
    ],
    ...(unbridged
      ? { unbridged }
      : alone.length && {
          bridge: {
            ...bridgeOf(
              sumOf(asIs, rows),
              alone.map((one) => sumOf(one, rows)),
              sumOf(after, rows),
            ),
            changes,
          },
        }),
  };
}

/** What the rows get, the same that firms gain and lose: after the pool where a rule says how it is shared out. */
const sumOf = ({ fen }: ScenarioResult, { left }: Rows): number =>
  fen!.reduce((sum, paid, row) => (left.has(row) ? sum : sum + paid), 0);

const COMPUTED: ReadonlySet<number> = new Set(
  (["award", "not-eligible", "not-in-force", "excluded"] as const).map((answer) => ROW_ANSWERS.indexOf(answer)),
);

/** The rows of the table, below them those of the firms that the one way adds, then of those that the other does. */
const paidOver = (own: number, before: Float64Array, after: Float64Array): Omit<TwoPayments, "parties"> => ({
  before,
  after: [...after.subarray(0, own), ...Array<number>(before.length - own).fill(0), ...after.subarray(own)],
});

const pick = ({ kept }: Rows, { before, after, parties }: TwoPayments): TwoPayments => ({
  before: kept.map((row) => before[row]!),
  after: kept.map((row) => after[row]!),
  parties: kept.map((row) => parties[row]!),
});

interface Rows {
  /** Of the table. */
  readonly own: number;
  /** Of all rows. */
  readonly parties: readonly number[];
  /** The rows that count. */
  readonly kept: readonly number[];
  /** Rows of the table that do not. */
  readonly left: ReadonlySet<number>;
  readonly added: number;
  /** What the rows of each party of the table ask for together, fen. */
  readonly asked: readonly number[];
  readonly firms: boolean;
  readonly nameOf: (party: number) => Text;
}

/**
 * The parties of the rows, in the order of the table: firms; a row without one is its own. A firm that a scenario adds is one with all
 * its rows, and the first that the one way adds is the first of the other.
 */
function rowsOf(
  { blocks, length: own, firmIn }: ScenarioBase,
  before: ScenarioResult,
  after: ScenarioResult,
  results: readonly ScenarioResult[],
): Rows {
  const left = new Set<number>();
  for (const { answers, refusal } of results)
    for (let row = 0; row < own && !refusal; row++) if (!COMPUTED.has(answers![row]!)) left.add(row);
  const firmOf = Array<number>(own).fill(-1);
  const askedBy = Array<number>(own).fill(0);
  for (const { plan, columns, at, firms } of blocks) {
    const amounts = baseAmounts(plan).flatMap((name) => {
      const column = columns.inputs[name];
      return column?.kind === "money" ? [column.fen] : [];
    });
    for (let i = 0; i < columns.length; i++) {
      const row = at ? at[i]! : i;
      firmOf[row] = firms?.[i] ?? -1;
      if (!left.has(row)) for (const fen of amounts) askedBy[row]! += fen[i]!;
    }
  }
  const first: number[] = [];
  const asked: number[] = [];
  const ofFirm = new Map<number, number>();
  const parties = firmOf.map((firm, row) => {
    const party = ofFirm.get(firm) ?? first.push(row) - 1;
    if (firm >= 0) ofFirm.set(firm, party);
    asked[party] = (asked[party] ?? 0) + askedBy[row]!;
    return party;
  });
  const existing = first.length;
  const added = [before, after].flatMap((way) => way.added ?? []);
  const answersOfAdded = [before, after].flatMap(({ answers }) => [...answers!.subarray(own)]);
  const most = added.reduce((a, b) => Math.max(a, b + 1), 0);
  for (const k of added) parties.push(existing + k);
  return {
    own,
    parties,
    kept: parties.flatMap((_, row) =>
      (row < own ? left.has(row) : !COMPUTED.has(answersOfAdded[row - own]!)) ? [] : [row],
    ),
    left,
    added: most,
    asked,
    firms: ofFirm.size > 0,
    nameOf(party) {
      if (party >= existing) return { zh: `新增企业${party - existing + 1}`, en: `added firm ${party - existing + 1}` };
      const row = first[party]!;
      const firm = firmIn?.(row);
      return firm === undefined ? { zh: `第${row + 1}行`, en: `row ${row + 1}` } : { zh: firm, en: firm };
    },
  };
}

interface Grouped extends Omit<GroupGains, "rows"> {
  readonly labels: readonly Text[];
  /** By row that counts. */
  readonly codes: readonly number[];
}

/** By row of the table; undefined for one of no group. */
type OwnGroups = Omit<Grouped, "codes"> & { readonly codes: readonly (number | undefined)[] };

function groupsOf(base: ScenarioBase, rows: Rows, groupings: readonly Grouping[]): Grouped[] {
  const same = (words: string): Text => ({ zh: words, en: words });
  const ofColumns = groupings.map(({ header, labels, codes }): OwnGroups => ({
    kind: "column",
    header,
    labels: labels.map(same),
    codes,
  }));
  return [
    bySize(rows),
    byPlan(base, rows, "place", ({ jurisdiction }) => jurisdiction.code, placeName),
    byPlan(base, rows, "family", ({ instrument }) => instrument.family, familyName),
    ...ofColumns,
  ].map((grouped) => withOthers(grouped, rows));
}

/** Rows of the table without a group, and those of added firms, each in a group of their own. */
function withOthers({ labels, codes, ...group }: OwnGroups, { kept, own }: Rows): Grouped {
  const all = [...labels];
  const place = (label: Text): number => (all.includes(label) ? all.indexOf(label) : all.push(label) - 1);
  return {
    ...group,
    codes: kept.map((row) => (row < own ? (codes[row] ?? place(OTHER)) : place(ADDED))),
    labels: all,
  };
}

const ADDED: Text = { zh: "新增企业", en: "added firms" };
const OTHER: Text = { zh: "其他", en: "others" };

const placeName = (code: string): Text => findJurisdiction(code)?.name ?? { zh: code, en: code };
const familyName = (id: string): Text => FAMILIES[id] ?? { zh: id, en: id };

/** Four classes of equally many parties by what they ask for, the smallest first; the fifth asks for nothing. */
function bySize({ parties, asked }: Rows): OwnGroups {
  const classes = sizeClasses(asked);
  const codes: number[] = [];
  classes.forEach(({ members }, k) => members.forEach((party) => (codes[party] = k)));
  return {
    kind: "size",
    labels: classes.map(({ from, to }, k) => sizeName(k, classes.length, from, to)),
    codes: parties.map((party) => codes[party]),
  };
}

const sizeName = (k: number, count: number, from: number, to: number): Text => {
  const end = k === 0 ? { zh: "最小", en: "smallest" } : k === count - 1 ? { zh: "最大", en: "largest" } : undefined;
  return {
    zh: `第${k + 1}组${end ? `（${end.zh}）` : ""} ${aboutMoney(from, "zh")}至${aboutMoney(to, "zh")}`,
    en: `class ${k + 1}${end ? ` (${end.en})` : ""} ${aboutMoney(from, "en")} to ${aboutMoney(to, "en")}`,
  };
};

function byPlan(
  { blocks }: ScenarioBase,
  { own }: Rows,
  kind: GroupKind,
  keyOf: (entry: ScenarioBase["blocks"][number]["plan"]["entry"]) => string,
  nameOf: (key: string) => Text,
): OwnGroups {
  const keys: string[] = [];
  const codeOf = blocks.map(({ plan }) => {
    const key = keyOf(plan.entry);
    return keys.includes(key) ? keys.indexOf(key) : keys.push(key) - 1;
  });
  return { kind, labels: keys.map(nameOf), codes: Array.from(placesOf(blocks, own).block, (b) => codeOf[b]) };
}
