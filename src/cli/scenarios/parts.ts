/** The table `claims` of a file as parts that scenarios can be run over one by one: no firm and no object has rows in two of them. */
import {
  coded,
  GENERAL_INPUTS,
  isInForce,
  namedOwners,
  numberColumn,
  planOf,
  refuse,
  type Block,
  type Claim,
  type Column,
  type Entry,
  type Input,
  type Plan,
  type ScenarioBase,
} from "../../rules";
import { Codes } from "../../tables";
import { quoted, rangeOf } from "../../writers/sql";
import type { Typed } from "../run/typed";
import type { Warehouse } from "../run/warehouse";

/** A part of a table. */
export interface Part extends ScenarioBase {
  /** By row of the part, its row in the file, from 0. */
  readonly rows: readonly number[];
}

export interface Sizes {
  /** Rows of a part; one whose firm goes on is larger. */
  readonly part: number;
  /** Up to so many rows the file is one part, in its own order. */
  readonly whole: number;
  /** Rows of a part at most, where they hang together. */
  readonly most: number;
}

export const SIZES: Sizes = { part: 2 ** 18, whole: 2 ** 22, most: 2 ** 22 };

type Cell = string | number | boolean | null;

/**
 * @param claim of rows that name none
 * @throws Refusal where more rows hang together by firms and objects than can be computed at once
 */
export async function* partsOf(
  warehouse: Warehouse,
  entry: Entry,
  claim: Claim,
  readings: Readonly<Record<string, string>>,
  typed: Typed,
  sizes: Sizes = SIZES,
): AsyncGenerator<Part> {
  const length = await warehouse.count("SELECT count(*) FROM claims");
  const whole = length <= sizes.whole;
  const plans = await plansOf(warehouse, entry, claim, readings);
  if (!whole && [...plans.values()].some((plan) => namedOwners(plan).length))
    throw refuse(
      `共用的额度不按企业计，${length} 行要一次算完，超出一次可算的 ${sizes.whole} 行；请分成几个文件`,
      `limits that are not shared by firm need all ${length} rows at once, more than ${sizes.whole}; split the file`,
    );
  const group = whole ? "NULL" : await groupOf(warehouse, typed);
  const names = typed.inputs.map((name) => (isCode(entry, name) ? quoted(name) : `CAST(${quoted(name)} AS DOUBLE)`));
  const columns = [
    "CAST(row_no AS DOUBLE)",
    "claim_year || ' ' || in_force",
    "reason",
    group,
    typed.firm ? "firm" : "NULL",
    typed.object ? "object" : "NULL",
    ...names,
  ];
  const from = !whole && typed.firm ? "claims LEFT JOIN linked ON claims.firm = linked.member" : "claims";
  let part = new Builder(plans, typed);
  let before: unknown = null;
  for await (const chunk of warehouse.columnChunks(
    `SELECT ${columns.join(", ")} FROM ${from} ORDER BY ${whole ? "" : "4, "}row_no`,
  )) {
    for (let i = 0; i < chunk[0]!.length; i++) {
      const row = chunk.map((column) => column[i]) as Cell[];
      const together = row[3];
      if (!whole && part.length >= sizes.part && (together === null || together !== before)) {
        yield part.built();
        part = new Builder(plans, typed);
      }
      if (part.length >= sizes.most && !whole)
        throw refuse(
          `有 ${part.length} 行以上因企业和对象相互关联，超出一次可算的行数；请按企业分成几个文件`,
          `more than ${part.length} rows hang together by firms and objects; split the file by firms`,
        );
      before = together;
      part.add(row);
    }
  }
  if (part.length) yield part.built();
}

const isCode = ({ instrument }: Entry, name: string): boolean =>
  ["flag", "choice", "name"].includes((instrument.inputs?.[name] ?? GENERAL_INPUTS[name])!.kind);

/** A plan for each year inside and outside the window, by "2026 true". */
async function plansOf(
  warehouse: Warehouse,
  entry: Entry,
  claim: Claim,
  readings: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, Plan>> {
  const kinds = await warehouse.rows(
    "SELECT claim_year, in_force, min(claim_day) AS day FROM claims WHERE reason IS NULL GROUP BY 1, 2 ORDER BY 1, 2",
  );
  return new Map(
    kinds.map(({ claim_year, in_force, day }) => {
      const year = Number(claim_year);
      // A year is in force where one of its days is; of days outside, any one is outside.
      const when = in_force || day === null ? { year } : { year, day: String(day) };
      const own = kinds.length === 1 && claim.year === year && isInForce(entry, claim) === in_force;
      return [`${year} ${String(in_force)}`, planOf(entry, own ? claim : when, { readings })];
    }),
  );
}

/** SQL of what keeps rows in one part: the firm, or the first of all firms that share objects with it. */
async function groupOf(warehouse: Warehouse, typed: Typed): Promise<string> {
  if (!typed.firm) return typed.object ? "object" : "NULL";
  const firsts = new Map<string, string>();
  const first = (firm: string): string => {
    let found = firm;
    for (let next = firsts.get(found); next !== undefined; next = firsts.get(found)) found = next;
    for (let at = firm; at !== found;) {
      const next = firsts.get(at)!;
      firsts.set(at, found);
      at = next;
    }
    return found;
  };
  if (typed.object) {
    let [object, owner] = ["", ""];
    const shared = warehouse.chunks(`SELECT DISTINCT object, firm FROM claims WHERE firm IS NOT NULL AND object IN
  (SELECT object FROM claims GROUP BY object HAVING count(DISTINCT firm) > 1) ORDER BY object, firm`);
    for await (const chunk of shared) {
      for (const [its, firm] of chunk as [string, string][]) {
        if (its !== object) [object, owner] = [its, firm];
        const [a, b] = [first(owner), first(firm)];
        if (a !== b) firsts.set(b, a);
      }
    }
  }
  const links = [...firsts.keys()].map((firm) => [firm, first(firm)]);
  await warehouse.fill("linked", { member: "VARCHAR", root: "VARCHAR" }, links);
  return typed.object ? "coalesce(linked.root, firm, object)" : "firm";
}

/** Collects the rows of a part. */
class Builder {
  readonly rows: number[] = [];
  private readonly lists: ReadonlyMap<string, Cell[][]>;
  private readonly at: ReadonlyMap<string, number[]>;
  private readonly reasons = new Map<number, string>();

  constructor(
    private readonly plans: ReadonlyMap<string, Plan>,
    private readonly typed: Typed,
  ) {
    // Firm, object, inputs.
    this.lists = new Map([...plans.keys()].map((kind) => [kind, ["", "", ...typed.inputs].map(() => [])]));
    this.at = new Map([...plans.keys()].map((kind) => [kind, []]));
  }

  get length(): number {
    return this.rows.length;
  }

  add([no, kind, reason, , ...cells]: readonly Cell[]): void {
    const place = this.rows.push(no as number) - 1;
    if (reason !== null) return void this.reasons.set(place, reason as string);
    const lists = this.lists.get(kind as string)!;
    this.at.get(kind as string)!.push(place);
    for (let c = 0; c < lists.length; c++) lists[c]!.push(cells[c]!);
  }

  built(): Part {
    const { typed, reasons, rows } = this;
    const [firms, objects] = [new Codes(), new Codes()];
    const blocks = [...this.plans].map(([kind, plan]): Block => {
      const [firm, object, ...inputs] = this.lists.get(kind)!;
      const at = Uint32Array.from(this.at.get(kind)!);
      const columns = typed.inputs.map((name, k): [string, Column] => [name, columnOf(plan.inputs[name]!, inputs[k]!)]);
      return {
        plan,
        at,
        columns: { length: at.length, inputs: Object.fromEntries(columns) },
        ...(typed.firm && { firms: firms.of(firm as string[]) }),
        ...(typed.object && { objects: objects.of(object as string[]) }),
      };
    });
    return {
      blocks,
      length: rows.length,
      rows,
      unreadable: (row) => {
        const reason = reasons.get(row);
        return reason === undefined
          ? undefined
          : { zh: `第${rows[row]! + 1}行：${reason}`, en: `row ${rows[row]! + 1}: ${reason}` };
      },
    };
  }
}

/** @param cells whole fen, whole numbers in the scale of rangeOf(), keys of choices or flags; null: not given */
function columnOf(input: Input, cells: readonly Cell[]): Column {
  if (input.kind === "flag" || input.kind === "choice" || input.kind === "name")
    return coded(cells.map((cell) => cell ?? undefined));
  const given = cells.includes(null) ? Uint8Array.from(cells, (cell) => Number(cell !== null)) : undefined;
  if (input.kind === "money")
    return { kind: "money", fen: Float64Array.from(cells as number[]), ...(given && { given }) };
  const scale = Number(rangeOf(input)?.scale ?? 1n);
  const numbers = Float64Array.from(cells, (cell) => Number(cell) / scale);
  return numberColumn(numbers, given) ?? coded(cells.map((cell) => (cell === null ? undefined : Number(cell) / scale)));
}
