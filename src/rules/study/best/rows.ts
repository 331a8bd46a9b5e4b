/** The rows that may support each object, and their options. */
import type { PlannedRow } from "../../award/overlap";
import { rowAt, type Column, type Columns } from "../../columns";
import { MAX_FEN } from "../../number/money";
import { ownerOf, partInput, termOf, type Allowance } from "../../plan/allowance";
import type { Plan } from "../../plan/plan";
import { anyRowTests, limitsOf } from "../../plan/walk";
import { decided } from "./decided";
import { first } from "./groups";
import { fixed, isMeasurable, measure, type Measured } from "./measure";
import type { Option } from "./option";

/** Rows of one plan, each the same way to support another object. */
export interface Candidacy {
  readonly plan: Plan;
  readonly columns: Columns;
  /** The object of each row, rising. */
  readonly at: ArrayLike<number>;
  /** Place of the instrument among the candidates of each object. */
  readonly candidate: number;
}

/** Which rows share limits: by object the code of its firm, -1 for none; and of its contract, project or loan. */
export interface Sharing {
  readonly firms: ArrayLike<number>;
  readonly contracts?: ArrayLike<number> | undefined;
}

const isLasting = ({ period }: Allowance): boolean => typeof period === "object";

/** Rows of which no two need be of one kind: columns tell no more kinds apart. */
const MOST_ROWS = 65_536;

/** A candidacy of many rows as several. */
function inBlocks(candidacy: Candidacy): Candidacy[] {
  const { columns, at } = candidacy;
  if (columns.length <= MOST_ROWS) return [candidacy];
  const starts = Array.from({ length: Math.ceil(columns.length / MOST_ROWS) }, (_, b) => b * MOST_ROWS);
  return starts.map((from) => {
    const to = Math.min(columns.length, from + MOST_ROWS);
    return {
      ...candidacy,
      columns: sliced(columns, from, to),
      at: Array.prototype.slice.call(at, from, to) as number[],
    };
  });
}

function sliced({ inputs }: Columns, from: number, to: number): Columns {
  const list = Object.entries(inputs).map(([name, column]): [string, Column] => {
    if (column.kind === "code") return [name, { ...column, codes: column.codes.slice(from, to) }];
    const given = column.given && { given: column.given.slice(from, to) };
    if (column.kind === "money") return [name, { ...column, fen: column.fen.slice(from, to), ...given }];
    return [name, { ...column, values: column.values.slice(from, to), ...given }];
  });
  return { length: to - from, inputs: Object.fromEntries(list) };
}

/** The rows of all candidacies by object. */
export class Rows {
  private readonly measured: readonly (readonly Measured[])[];
  /** By object, its rows: place of the candidacy and place in it. */
  private readonly places: { c: number; row: number }[][];
  private readonly asking: readonly boolean[];
  private readonly lasting: readonly boolean[];
  private readonly names = new Map<string, number>();
  private readonly owners: number;

  private readonly candidacies: readonly Candidacy[];

  constructor(
    given: readonly Candidacy[],
    length: number,
    private readonly sharing: Sharing,
  ) {
    const candidacies = (this.candidacies = given.flatMap(inBlocks));
    this.places = Array.from({ length }, () => []);
    candidacies.forEach(({ at }, c) => {
      for (let row = 0; row < at.length; row++) this.places[at[row]!]!.push({ c, row });
    });
    this.asking = candidacies.map(({ plan }) => anyRowTests(plan).length > 0 || !isMeasurable(plan));
    this.lasting = candidacies.map(({ plan }) =>
      limitsOf(plan).some(({ allowance }) => allowance && isLasting(allowance)),
    );
    const { firms, contracts } = sharing;
    this.owners = 2;
    for (let i = 0; i < length; i++) {
      this.owners = Math.max(this.owners, 2 * firms[i]! + 2, 2 * (contracts?.[i] ?? -1) + 2);
    }
    // What the rest of the firm says of the row may be either: the first measure is that of the row alone.
    this.measured = candidacies.map(({ plan, columns }) =>
      [plan, ...(anyRowTests(plan).length ? [decided(plan, true), decided(plan, false)] : [])].map((one) =>
        measure(one, columns),
      ),
    );
  }

  /** The year in which the object is claimed: rows draw in the order of their years. */
  year(i: number): number {
    return this.candidacies[this.places[i]![0]!.c]!.plan.claim.year;
  }

  /** Whether the options of the objects are all there is to know of them. */
  areMeasured(objects: readonly number[]): boolean {
    const oneYear = objects.every((i) => this.year(i) === this.year(objects[0]!));
    return objects.every((i) => this.places[i]!.every(({ c }) => !this.asking[c] && (oneYear || !this.lasting[c])));
  }

  options(i: number): Option[] {
    return this.places[i]!.map(({ c, row }) => {
      const { plan, candidate } = this.candidacies[c]!;
      return this.measured[c]![0]!.option(row, candidate, (allowance) => this.account(allowance, plan.claim.year, i));
    });
  }

  /** Whether what the object is paid has a bound that is known: the rate may go by what is chosen for the other objects. */
  isBounded(i: number): boolean {
    return this.places[i]!.every(({ c }) => {
      const { totals, awarded } = this.candidacies[c]!.plan;
      return !totals.length && !awarded.length;
    });
  }

  /** Options of which the best is never less than what the object is paid, whatever the other rows are. */
  atMost(i: number): Option[] {
    return this.places[i]!.flatMap(({ c, row }) => {
      const { plan, candidate } = this.candidacies[c]!;
      if (plan.totals.length || plan.awarded.length) return [fixed(candidate, MAX_FEN, 0)];
      // When the years of a limit begin depends on what is chosen.
      const accountOf = (allowance: Allowance) =>
        isLasting(allowance) || partInput(allowance) !== undefined
          ? undefined
          : this.account(allowance, plan.claim.year, i);
      return this.measured[c]!.map((one) => one.option(row, candidate, accountOf));
    });
  }

  private account(allowance: Allowance, year: number, i: number): number | undefined {
    const { firms, contracts } = this.sharing;
    const [firm, contract] = [firms[i]!, contracts?.[i] ?? -1];
    const owner = ownerOf(allowance, firm < 0 ? undefined : 2 * firm, contract < 0 ? undefined : 2 * contract + 1);
    if (owner === undefined) return undefined;
    const name = first(this.names, `${termOf(allowance, year, year)} ${allowance.key}`, this.names.size);
    return name * this.owners + owner;
  }

  planned(i: number, candidate: number): PlannedRow {
    const { firms, contracts } = this.sharing;
    const { c, row } = this.places[i]!.find((place) => this.candidacies[place.c]!.candidate === candidate)!;
    const { plan, columns } = this.candidacies[c]!;
    const name = (code = -1): string | undefined => (code < 0 ? undefined : String(code));
    return { plan, row: rowAt(columns, row), firm: name(firms[i]), object: name(contracts?.[i]) };
  }
}
