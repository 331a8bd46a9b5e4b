/** Scenarios over a file: it is read once, and every part of it is computed under all scenarios before the next is read. */
import {
  goesByParts,
  notInTable,
  ofParts,
  refuse,
  runScenarios,
  type Claim,
  type Entry,
  type Scenario,
  type ScenarioResult,
} from "../../rules";
import { readClaims, reasonsIn, type Reason } from "../run/run";
import type { Warehouse } from "../run/warehouse";
import { both } from "../words";
import { partsOf, SIZES, type Part, type Sizes } from "./parts";

export interface ScenarioJob {
  readonly input: string;
  readonly entry: Entry;
  readonly claim: Claim;
  readonly readings: Readonly<Record<string, string>>;
  readonly scenarios: readonly Scenario[];
  readonly report: (line: string) => void;
  readonly sizes?: Sizes;
}

export interface ScenariosDone {
  readonly rows: number;
  /** The base, then each scenario. */
  readonly results: readonly ScenarioResult[];
  /** Rows that could not be read, which every scenario counts as not computed. */
  readonly rejected: number;
  readonly reasons: readonly Reason[];
  readonly unused: readonly string[];
}

/** @throws Refusal for a file that cannot be read or has no column that the instrument asks for */
export async function scenariosOver(job: ScenarioJob, warehouse: Warehouse): Promise<ScenariosDone> {
  const { claim, readings, scenarios, sizes = SIZES } = job;
  const typed = await readClaims(job, warehouse);
  const rows = await warehouse.count("SELECT count(*) FROM claims");
  const refused = scenarios.map((scenario) => refusalFor(scenario, rows, sizes));
  const asked = scenarios.filter((_, k) => !refused[k]);
  const found: ScenarioResult[][] = [{} as Scenario, ...asked].map(() => []);
  const progress = new Progress(rows, asked.length + 1, job.report);
  for await (const part of partsOf(warehouse, typed.entry, claim, readings, typed, sizes)) {
    const own = asked.map((scenario) => within(scenario, part));
    let k = 0;
    for (const result of runScenarios(part, own)) {
      found[k++]!.push(result);
      progress.add(part.length);
      await warehouse.pause();
    }
  }
  const [base, ...others] = found.map((parts) => (parts.length ? ofParts(parts) : EMPTY));
  const results = refused.map((refusal, k): ScenarioResult => {
    const { name } = scenarios[k]!;
    if (refusal) return { ...EMPTY, name, refusal: refusal.text };
    const result = others.shift()!;
    const compared = !result.refusal && !base!.refusal;
    return { ...result, name, ...(compared && { difference: result.total - base!.total }) };
  });
  return {
    rows,
    results: [{ ...base!, ...(!base!.refusal && { difference: 0 }) }, ...results],
    rejected: await warehouse.count("SELECT count(*) FROM claims WHERE reason IS NOT NULL"),
    reasons: await reasonsIn(warehouse, "claims"),
    unused: typed.unused,
  };
}

/** A file without rows. */
const [EMPTY] = [...runScenarios({ blocks: [], length: 0 }, [])] as [ScenarioResult];

/** Why a scenario cannot be computed part by part. */
function refusalFor(scenario: Scenario, rows: number, { whole }: Sizes) {
  const beyond = scenario.excluded?.find(([from]) => from > rows);
  if (beyond) return notInTable(beyond[0], rows);
  if (rows <= whole || goesByParts(scenario)) return undefined;
  return refuse(
    `“新增企业数”和“分配办法”要同时看到全部行，最多 ${whole} 行，文件有 ${rows} 行`,
    `new firms and sharing need all rows at once, at most ${whole}; the file has ${rows}`,
  );
}

/** The scenario for the rows of a part: those that it leaves out, by their places there. */
function within(scenario: Scenario, { rows }: Part): Scenario {
  const { excluded, ...others } = scenario;
  if (!excluded) return scenario;
  const ranges: [number, number][] = [];
  rows.forEach((row, i) => {
    if (!excluded.some(([from, to]) => row + 1 >= from && row + 1 <= to)) return;
    const last = ranges.at(-1);
    if (last?.[1] === i) last[1] = i + 1;
    else ranges.push([i + 1, i + 1]);
  });
  return ranges.length ? { ...others, excluded: ranges } : others;
}

/** What is said of long work: every few seconds what is done, the rate and the time left. */
class Progress {
  private readonly begun = performance.now();
  private said = performance.now();
  private done = 0;

  constructor(
    private readonly rows: number,
    private readonly scenarios: number,
    private readonly report: (line: string) => void,
  ) {
    report(
      both(`计算 ${rows} 行 × ${scenarios - 1} 个情景 …`, `computing ${rows} rows × ${scenarios - 1} scenarios …`),
    );
  }

  add(rows: number): void {
    this.done += rows;
    const now = performance.now();
    if (now - this.said < PAUSE) return;
    this.said = now;
    const all = this.rows * this.scenarios;
    const rate = this.done / ((now - this.begun) / 1000);
    const left = Math.ceil((all - this.done) / rate);
    const percent = Math.floor((this.done / all) * 100);
    this.report(
      both(
        `已算 ${percent}%，每秒 ${Math.round(rate / 1e4)} 万行次，约剩 ${left} 秒`,
        `${percent}%, ${(rate / 1e6).toFixed(1)} million rows per second, about ${left} s left`,
      ),
    );
  }
}

/** Milliseconds between two lines. */
const PAUSE = 2_000;
