/** The rows that may support each object, and their options. */
import type { PlannedRow } from "../../award/overlap";
import { rowAt, type Columns } from "../../columns";
import type { Plan } from "../../plan/plan";
import { asksOtherRows, decided } from "./decided";
import { first } from "./groups";
import { isMeasurable, measure, type Measured } from "./measure";
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

/** The rows of all candidacies by object. */
export class Rows {
  private readonly measured: readonly (readonly Measured[])[];
  /** By object, its rows: place of the candidacy and place in it. */
  private readonly places: { c: number; row: number }[][];
  private readonly asking: readonly boolean[];

  constructor(
    private readonly candidacies: readonly Candidacy[],
    length: number,
    private readonly sharing: Sharing,
  ) {
    const accounts = new Map<string, number>();
    const accountNumber = (name: string): number => first(accounts, name, accounts.size);
    this.places = Array.from({ length }, () => []);
    candidacies.forEach(({ at }, c) => {
      for (let row = 0; row < at.length; row++) this.places[at[row]!]!.push({ c, row });
    });
    this.asking = candidacies.map(({ plan }) => asksOtherRows(plan) || !isMeasurable(plan));
    // What the rest of the firm says of the row may be either: the first measure is that of the row alone.
    this.measured = candidacies.map(({ plan, columns }, c) =>
      [plan, ...(this.asking[c] ? [decided(plan, true), decided(plan, false)] : [])].map((one) =>
        measure(one, columns, accountNumber),
      ),
    );
  }

  /** Whether the options of the objects are all there is to know of them. */
  areMeasured(objects: readonly number[]): boolean {
    return objects.every((i) => this.places[i]!.every(({ c }) => !this.asking[c]));
  }

  options(i: number): Option[] {
    return this.places[i]!.map(({ c, row }) => this.measured[c]![0]!.option(row, this.candidacies[c]!.candidate));
  }

  /** Options of which the best is never less than what the object is paid, whatever the other rows say. */
  atMost(i: number): Option[] {
    return this.places[i]!.flatMap(({ c, row }) =>
      this.measured[c]!.map((one) => one.option(row, this.candidacies[c]!.candidate)),
    );
  }

  planned(i: number, candidate: number): PlannedRow {
    const { firms, contracts } = this.sharing;
    const { c, row } = this.places[i]!.find((place) => this.candidacies[place.c]!.candidate === candidate)!;
    const { plan, columns } = this.candidacies[c]!;
    const name = (code = -1): string | undefined => (code < 0 ? undefined : String(code));
    return { plan, row: rowAt(columns, row), firm: name(firms[i]), object: name(contracts?.[i]) };
  }
}
