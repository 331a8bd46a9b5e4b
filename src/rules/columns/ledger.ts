/** Accounts of a table in columns: what is granted under each shared limit, by owner, drawn on as rows are computed. */
import { ownerOf, partInput, termOf, type Allowance } from "../plan/allowance";
import type { Value } from "../award/row";
import type { Plan } from "../plan/plan";
import { allowancesOf } from "../plan/walk";
import { highest, type Column, type Columns } from "./column";

/** What the ledger knows of a block: its plan, and the codes of firms and objects by row, -1 for none. */
export interface Claimants {
  readonly plan: Plan;
  readonly columns: Columns;
  readonly firms?: Int32Array;
  readonly objects?: Int32Array;
  readonly alone?: true;
  /** By input, 1 for rows that lack it since what other rows are awarded is not known, 2 where other rows come to more than is exact. */
  readonly unknown?: ReadonlyMap<string, Uint8Array>;
}

/** The accounts of one limit that the rows of a block draw on. */
export interface Accounts {
  /** By row the place of its account less one; -1: none, the row shares with nobody. */
  readonly owners: Int32Array;
  /** Fen granted, by 1 + place. Place 0 belongs to rows without an account, and is cleared by whoever writes there. */
  readonly granted: Float64Array;
}

/** Objects behind the firms, so that one row of numbers holds both; scenarios ask again with the same codes. */
interface Joined {
  readonly firms: Int32Array | undefined;
  readonly behind: number;
  readonly owners: Int32Array;
}
const joined = { firm: new WeakMap<Int32Array, Joined>(), object: new WeakMap<Int32Array, Joined>() };

export class Ledger {
  private readonly accounts = new Map<string, Float64Array>();
  private readonly firstYears = new Map<string, Int32Array>();
  private readonly names = new Map<string, ReadonlyMap<string, number>>();
  private readonly years: readonly number[];
  private readonly firms: number;
  /** Owners there are: firms, then objects. */
  private readonly size: number;

  constructor(private readonly blocks: readonly Claimants[]) {
    this.years = blocks.map(({ plan }) => plan.claim.year);
    const most = (codes: Int32Array | undefined): number => (codes ? highest(codes) : -1);
    this.firms = 1 + Math.max(-1, ...blocks.map(({ firms }) => most(firms)));
    this.size = this.firms + 1 + Math.max(-1, ...blocks.map(({ objects }) => most(objects)));
  }

  of(block: Claimants, allowance: Allowance): Accounts {
    const owners = this.ownersOf(block, allowance);
    const { year } = block.plan.claim;
    if (typeof allowance.period !== "object") {
      const parts = partsOf(block, allowance);
      const size = allowance.by === undefined ? this.size : this.namesUnder(allowance).size;
      return {
        // A row that does not say when in the year it is claimed is incomplete.
        owners: parts
          ? owners.map((owner, i) => (owner < 0 ? owner : parts.of(i) < 0 ? -1 : owner * parts.count + parts.of(i)))
          : owners,
        granted: this.granted(`${termOf(allowance, year, year)} ${allowance.key}`, size * (parts?.count ?? 1)),
      };
    }
    // Every run of years has accounts of its own, behind those of the run before.
    const first = this.firstYearsOf(allowance);
    const runs = 1 + termOf(allowance, Math.max(...this.years), Math.min(...this.years));
    const size = first.length;
    return {
      owners: owners.map((owner) => (owner < 0 ? owner : owner + size * termOf(allowance, year, first[owner]!))),
      granted: this.granted(allowance.key, size * runs),
    };
  }

  private granted(account: string, length: number): Float64Array {
    const granted = this.accounts.get(account) ?? new Float64Array(1 + length);
    this.accounts.set(account, granted);
    return granted;
  }

  private ownersOf(block: Claimants, allowance: Allowance): Int32Array {
    const { columns, firms, objects } = block;
    if (block.alone) return nobody(columns.length);
    if (allowance.scope === "named") return this.named(block, allowance);
    if (allowance.unnamed)
      return objects?.map((object) => (object < 0 ? -1 : object + this.firms)) ?? nobody(columns.length);
    if (!objects) return firms ?? nobody(columns.length);
    const known = joined[allowance.scope].get(objects);
    if (known?.firms === firms && known?.behind === this.firms) return known.owners;
    const named = (code: number | undefined, behind: number): number | undefined =>
      code === undefined || code < 0 ? undefined : code + behind;
    const owners = objects.map(
      (object, i) => ownerOf(allowance, named(firms?.[i], 0), named(object, this.firms)) ?? -1,
    );
    joined[allowance.scope].set(objects, { firms, behind: this.firms, owners });
    return owners;
  }

  private named({ columns }: Claimants, allowance: Allowance): Int32Array {
    const names = this.namesUnder(allowance);
    return codesOf(columns.inputs[allowance.by!], columns.length, (value) => names.get(String(value)) ?? -1);
  }

  /** Those who are named in rows of an allowance, with their places. */
  private namesUnder({ key }: Allowance): ReadonlyMap<string, number> {
    const known = this.names.get(key);
    if (known) return known;
    const names = new Map<string, number>();
    for (const { plan, columns } of this.blocks) {
      const by = allowancesOf(plan).find((one) => one.key === key)?.by;
      const column = by === undefined ? undefined : columns.inputs[by];
      for (const value of column?.kind === "code" ? column.values : [])
        if (value !== undefined && !names.has(String(value))) names.set(String(value), names.size);
    }
    this.names.set(key, names);
    return names;
  }

  /** By owner, the first year in force in which it claims under a limit. */
  private firstYearsOf(allowance: Allowance): Int32Array {
    const known = this.firstYears.get(allowance.key);
    if (known) return known;
    const size = allowance.by === undefined ? this.size : this.namesUnder(allowance).size;
    const first = new Int32Array(size).fill(2 ** 31 - 1);
    for (const block of this.blocks) {
      const own = allowancesOf(block.plan).find(({ key }) => key === allowance.key);
      if (!own || !block.plan.inForce) continue;
      const { year } = block.plan.claim;
      for (const owner of this.ownersOf(block, own)) if (owner >= 0) first[owner] = Math.min(first[owner]!, year);
    }
    this.firstYears.set(allowance.key, first);
    return first;
  }
}

/** By row, what becomes of the value of a coded input; -1 where it is not given. */
function codesOf(column: Column | undefined, length: number, codeOf: (value: Value) => number): Int32Array {
  if (column?.kind !== "code") return nobody(length);
  const { codes, values } = column;
  const places = values.map((value) => (value === undefined ? -1 : codeOf(value)));
  return Int32Array.from(codes, (code) => places[code]!);
}

/** The parts of the year of a block's rows, from 0; undefined where accounts run for whole years. */
function partsOf({ plan, columns }: Claimants, allowance: Allowance) {
  const input = partInput(allowance);
  if (input === undefined) return undefined;
  const options = Object.keys(plan.inputs[input]!.options!);
  const codes = codesOf(columns.inputs[input], columns.length, (value) => options.indexOf(String(value)));
  return { count: options.length, of: (i: number): number => codes[i]! };
}

const lengths = new Map<number, Int32Array>();

/** No row has an owner. */
function nobody(length: number): Int32Array {
  const known = lengths.get(length) ?? new Int32Array(length).fill(-1);
  lengths.clear();
  lengths.set(length, known);
  return known;
}

/** Numbers the accounts that rows draw on, from 0, for readers that keep amounts of their own on them. */
export class AccountNumbers {
  count = 0;
  private readonly known = new Map<Float64Array, Map<number, number>>();

  /** The account of row i; undefined where it has none. */
  of({ owners, granted }: Accounts, i: number): number | undefined {
    const owner = owners[i]!;
    if (owner < 0) return undefined;
    const known = this.known.get(granted) ?? new Map<number, number>();
    this.known.set(granted, known);
    const account = known.get(owner) ?? this.count++;
    known.set(owner, account);
    return account;
  }
}
