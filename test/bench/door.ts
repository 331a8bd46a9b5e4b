/**
 * What a user waits for, at the functions' own door: dist/functions.js is called as Excel calls it, beside decimal.js
 * computing the same rule. `npm run bench -- door`, or `npm run bench -- door SUANLI` for the lines with that word.
 *
 * Each line has a process of its own, so that none profits from what another has made ready. Times are processor time.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runInThisContext } from "node:vm";
import { isMainThread } from "node:worker_threads";
import Decimal from "decimal.js";
import { Numbers } from "./common/numbers";
import { secondsOnThreads, serveThread } from "./common/threads";

/** A line that takes longer is shown as such. */
const LIMIT_SECONDS = 120;
const LOADS = 7;

type Cells = readonly (readonly unknown[])[];
type Call = (...args: (Cells | null)[]) => unknown[][];

interface Figure {
  /** Microseconds of one call or row. */
  readonly micros: number;
  /** Calls or rows that one run makes. */
  readonly calls: number;
  /** Microseconds of what the line is compared with, where that is not decimal.js. */
  readonly beside?: number;
}

/** The highest figure that will do: times decimal.js, times what stands beside it, microseconds, or seconds in all. */
type Aim =
  | { readonly decimal: number }
  | { readonly beside: string; readonly times: number }
  | { readonly micros: number }
  | { readonly seconds: number };

interface Line {
  readonly call: string;
  readonly aim: Aim;
  readonly measure: () => Figure | Promise<Figure>;
}

const functions: Record<string, Call> = {};

function load(): void {
  class CellError {
    constructor(
      readonly code: string,
      readonly message?: string,
    ) {}
  }
  const ErrorCode = { invalidValue: "#VALUE!", notAvailable: "#N/A" };
  const associate = (id: string, call: Call): unknown => (functions[id] = call);
  Object.assign(globalThis, { CustomFunctions: { Error: CellError, ErrorCode, associate } });
  runInThisContext(readFileSync("dist/functions.js", "utf8"), "dist/functions.js");
}

const seconds = (run: () => unknown): number => {
  const begun = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
};

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1]!;

/** Median of repeated runs after one to warm up; what takes seconds runs once. */
function timed(calls: number, run: () => unknown): Figure {
  const runs = [seconds(run)];
  if (runs[0]! < 2) {
    runs.pop();
    for (let spent = 0; runs.length < 5 || spent < 0.5; spent += runs.at(-1)!) runs.push(seconds(run));
  }
  return { micros: (median(runs) * 1e6) / calls, calls };
}

const beside = (figure: Figure, other: Figure): Figure => ({ ...figure, beside: other.micros });

/** Cells as a host hands them over: parsed from a message, so that no two cells share a text and no row has spare room. */
const handedOver = (cells: Cells): Cells => JSON.parse(JSON.stringify(cells)) as Cells;

const one = (value: unknown): Cells => [[value]];
const codeOf = (cell: unknown): unknown =>
  typeof cell === "object" && cell !== null ? (cell as { code: string }).code : cell;

function mustEqual(what: string, found: unknown, expected: unknown): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)} instead of ${String(expected)}`);
}

/** Contracts of all sizes, to the fen, four of five of them domestic. */
const contracts = (length: number) => {
  const numbers = new Numbers(1);
  return Array.from({ length }, (_, i) => ({
    amount: Math.round(100 * Math.exp(13 + 1.5 * numbers.normal())) / 100,
    domestic: numbers.next() < 0.8,
    firm: `企业${numbers.below(length >> 2)}`,
    object: `合同${i}`,
  }));
};

const CELLS = 5000;
const COLUMN = 100_000;
const TABLE = 50_000;
/** 2020-06-18: the dates after it reach over the windows and beyond them. */
const A_SERIAL = 44_000;

/** The rule of SUANLI_QUAN in Zhejiang, as one would write it with decimal.js: yuan in, yuan out. */
function decimalRule(): (amount: number, domestic: boolean, used: number) => number {
  const [rate, cap] = [functions["BUTIE.RATE"]!, functions["BUTIE.CAP"]!];
  const id = one("zj-15-suanli");
  const rates = {
    true: rate(id, one("国产"), null)[0]![0] as number,
    false: rate(id, one("非国产"), null)[0]![0] as number,
  };
  const limit = cap(id, null, null)[0]![0] as number;
  return (amount, domestic, used) => {
    const share = new Decimal(amount).toDecimalPlaces(2).times(rates[`${domestic}`]);
    const left = Decimal.max(0, new Decimal(limit).minus(used));
    return Decimal.min(share, left).toDecimalPlaces(2).toNumber();
  };
}

function decimalMicros(): number {
  const award = decimalRule();
  const rows = contracts(COLUMN / 5);
  return timed(rows.length, () => rows.reduce((sum, { amount, domestic }) => sum + award(amount, domestic, 0), 0))
    .micros;
}

/** One formula per contract, as a column filled down is computed. */
function filledDown(name: string, args: (contract: ReturnType<typeof contracts>[number]) => (Cells | null)[]): Figure {
  const calls = contracts(CELLS).map(args);
  const call = functions[name]!;
  const answers = calls.map((list) => call(...list)[0]![0]);
  mustEqual(`${name}: cells that are no number`, answers.filter((cell) => typeof cell !== "number").length, 0);
  return timed(CELLS, () => calls.forEach((list) => call(...list)));
}

const suanliCells = (amount: (yuan: number) => unknown = (yuan) => yuan, length = CELLS) =>
  contracts(length).map((contract): (Cells | null)[] => [
    one(amount(contract.amount)),
    one(contract.domestic),
    null,
    null,
    null,
  ]);

function suanliColumn(
  length: number,
  year: ((r: number) => unknown) | null,
  amount?: (yuan: number) => unknown,
): Figure {
  const rows = contracts(length);
  const column = (cell: (row: (typeof rows)[number], r: number) => unknown): Cells =>
    handedOver(rows.map((row, r) => [cell(row, r)]));
  const args = [
    column((row) => (amount ? amount(row.amount) : row.amount)),
    column((row) => row.domestic),
    null,
    year && column((_, r) => year(r)),
    null,
  ];
  const answers = functions.SUANLI_QUAN!(...args);
  if (!year && !amount) {
    const award = decimalRule();
    rows.forEach((row, r) => mustEqual(`row ${r + 1}`, answers[r]![0], award(row.amount, row.domestic, 0)));
  }
  return timed(length, () => functions.SUANLI_QUAN!(...args));
}

const HEADERS = ["firm", "object", "amount", "domestic"];
const COMPUTE = one("compute-voucher");
const ZHEJIANG = one("zj-15-suanli");

function tableOf(
  length: number,
  firm?: (r: number) => string,
  amount: (yuan: number) => unknown = (yuan) => yuan,
): Cells {
  return contracts(length).map((row, r) => [firm?.(r) ?? row.firm, row.object, amount(row.amount), row.domestic]);
}

function butieTable(table: Cells, code?: string): Figure {
  const values = handedOver(table);
  const run = (): unknown[][] => functions.BUTIE!(ZHEJIANG, [HEADERS], values, one(2026));
  const wrong = run().filter(([cell]) => (code ? codeOf(cell) !== code : typeof cell !== "number"));
  mustEqual("rows with another outcome", wrong.length, 0);
  return timed(values.length, run);
}

function bestOf(objectsPerFirm: number): Figure {
  const values = tableOf(TABLE, (r) => `企业${Math.floor(r / objectsPerFirm)}`);
  return timed(1, () => {
    const answers = functions["BUTIE.BEST"]!(COMPUTE, [HEADERS], values, one(2026), null);
    mustEqual("rows without an amount", answers.filter(([cell]) => typeof cell !== "number").length, 0);
  });
}

function poolRate(id: string): Figure {
  const values = tableOf(TABLE);
  const table = [one(id), [HEADERS], values] as const;
  const awards = functions.BUTIE!(...table, one(2026)) as number[][];
  const half = one(awards.reduce((sum, [yuan]) => sum + yuan!, 0) / 2);
  return timed(1, () =>
    mustEqual("kind of factor", typeof functions["BUTIE.POOLRATE"]!(...table, half, one(2026))[0]![0], "number"),
  );
}

/** One row with a header that stands there many times. */
function repeatedHeader(times: number): Figure {
  const headers = ["amount", "domestic", ...Array<string>(times).fill("prior_paid")];
  const values = [[1_000_000, true, ...Array<number>(times).fill(0)]];
  const run = (): unknown[][] => functions.BUTIE!(ZHEJIANG, [headers], values, one(2026));
  mustEqual("a repeated header", codeOf(run()[0]![0]), "#VALUE!");
  return timed(times, run);
}

function scenarios(count: number, rows: number): Figure {
  const table = [
    ["rate", "cap"],
    ...Array.from({ length: count }, (_, k) => [(1 + (k % 300)) / 1000, 1_000_000 + 100 * k]),
  ];
  const values = tableOf(rows);
  return timed(1, () => {
    const answers = functions["BUTIE.SCENARIO"]!(ZHEJIANG, [HEADERS], values, table, one(2026));
    mustEqual("lines", answers.length, count + 2);
  });
}

/** Median over new processes. */
function loads(of: "load" | "first"): Figure {
  const samples = Array.from({ length: LOADS }, () => {
    const child = spawnSync(process.execPath, [process.argv[1]!, "--load"], { encoding: "utf8" });
    return (JSON.parse(child.stdout) as Record<typeof of, number>)[of];
  });
  return { micros: median(samples) * 1e6, calls: 1 };
}

const threads = async (name: Parameters<typeof secondsOnThreads>[0]): Promise<Figure> => ({
  micros: (await secondsOnThreads(name)) * 1e6,
  calls: 1,
});

const asGood = (times: number, what = "a good row") => ({ beside: what, times });
const refused = (): unknown => "12万元";

const LINES: readonly Line[] = [
  {
    call: "SUANLI_QUAN, one cell",
    aim: { decimal: 1 },
    measure: () => filledDown("SUANLI_QUAN", ({ amount, domestic }) => [one(amount), one(domestic), null, null, null]),
  },
  {
    call: "SUANLI_QUAN, one cell, place and year",
    aim: { decimal: 1 },
    measure: () =>
      filledDown("SUANLI_QUAN", ({ amount, domestic }) => [
        one(amount),
        one(domestic ? "国产" : "非国产"),
        one("滨江"),
        one(2026),
        one(100_000),
      ]),
  },
  {
    call: "DIEJIA_QUAN, one cell",
    aim: { decimal: 3 },
    measure: () =>
      filledDown("DIEJIA_QUAN", ({ amount, domestic }) => [one(amount), one("算力"), one(domestic), null, null]),
  },
  {
    call: "BUTIE, one row",
    aim: { decimal: 3 },
    measure: () =>
      filledDown("BUTIE", ({ amount, domestic, firm }) => [
        ZHEJIANG,
        [["amount", "domestic", "firm"]],
        [[amount, domestic, firm]],
        null,
      ]),
  },
  { call: "SUANLI_QUAN, a column of 100,000", aim: { decimal: 1 / 25 }, measure: () => suanliColumn(COLUMN, null) },
  {
    call: "BUTIE, 100,000 rows with firms",
    aim: { decimal: 1 / 15 },
    measure: () => butieTable(tableOf(COLUMN).map(([firm, , ...row]) => [firm, "", ...row])),
  },
  {
    call: "BUTIE, 100,000 rows with firms and as many objects",
    aim: { decimal: 1 / 5 },
    measure: () => butieTable(tableOf(COLUMN)),
  },
  ...(["CAP", "RATE"] as const).map((name): Line => ({
    call: `BUTIE.${name}, one cell`,
    aim: { micros: 5 },
    measure: () =>
      filledDown(`BUTIE.${name}`, ({ domestic }) => [
        one(domestic ? "hz-1-city-suanli" : "bj-6-suanli"),
        null,
        one(2026),
      ]),
  })),
  {
    call: "BUTIE.POOL, one cell",
    aim: { micros: 5 },
    measure: () => filledDown("BUTIE.POOL", () => [one("bj-6-suanli"), one(2026)]),
  },
  { call: "loading", aim: { seconds: 0.06 }, measure: () => loads("load") },
  { call: "the first call after it", aim: { seconds: 0.005 }, measure: () => loads("first") },
  ...[1, 5, 12, 100].map((objects): Line => ({
    call: `BUTIE.BEST, 50,000 rows, ${objects} of a firm`,
    aim: { seconds: 3 },
    measure: () => bestOf(objects),
  })),
  ...["zj-15-suanli", "hz-1-stack-suanli"].map((id): Line => ({
    call: `BUTIE.POOLRATE, 50,000 rows, ${id}`,
    aim: { seconds: 1.5 },
    measure: () => poolRate(id),
  })),
  {
    call: "SUANLI_QUAN, 4,000 rows of as many dates",
    aim: asGood(2, "one year"),
    measure: () =>
      beside(
        suanliColumn(4000, (r) => A_SERIAL + r),
        suanliColumn(4000, () => 2026),
      ),
  },
  {
    call: "SUANLI_QUAN, 262,144 rows, 50,000 dates",
    aim: asGood(2, "one year"),
    measure: () =>
      beside(
        suanliColumn(262_144, (r) => A_SERIAL - 25_000 + (r % 50_000)),
        suanliColumn(262_144, () => 2026),
      ),
  },
  {
    call: "SUANLI_QUAN, one cell refused",
    aim: asGood(3, "a good one"),
    measure: () => {
      const [bad, good] = [suanliCells(refused), suanliCells()];
      const run = (calls: typeof good) => timed(CELLS, () => calls.forEach((list) => functions.SUANLI_QUAN!(...list)));
      return beside(run(bad), run(good));
    },
  },
  {
    call: "SUANLI_QUAN, a column refused",
    aim: asGood(3),
    measure: () => beside(suanliColumn(TABLE, null, refused), suanliColumn(TABLE, null)),
  },
  {
    call: "BUTIE, a table refused",
    aim: asGood(3),
    measure: () => beside(butieTable(tableOf(TABLE, undefined, refused), "#VALUE!"), butieTable(tableOf(TABLE))),
  },
  {
    call: "BUTIE, prior_paid 400 times, per header",
    aim: asGood(2, "40 times"),
    measure: () => beside(repeatedHeader(400), repeatedHeader(40)),
  },
  { call: "BUTIE.SCENARIO, 100,000 of 50 rows", aim: { seconds: 10 }, measure: () => scenarios(100_000, 50) },
  {
    call: "1,000 scenarios of 100,000 rows, two threads, usual clause",
    aim: { seconds: 2 },
    measure: () => threads("bj-6-suanli"),
  },
  { call: "the same, a clause of two parts", aim: { seconds: 4 }, measure: () => threads("hz-1-stack-suanli") },
];

const inWords = (aim: Aim): string => {
  if ("beside" in aim) return `≤ ${aim.times} × ${aim.beside}`;
  if ("micros" in aim) return `≤ ${aim.micros} µs`;
  if ("seconds" in aim) return `≤ ${duration(aim.seconds * 1e6)}`;
  return aim.decimal < 1 ? `≥ ${Math.round(1 / aim.decimal)} times faster` : `≤ ${aim.decimal} × decimal.js`;
};

function isReached(aim: Aim, { micros, calls, beside }: Figure, decimal: number): boolean {
  if ("beside" in aim) return micros <= aim.times * beside!;
  if ("micros" in aim) return micros <= aim.micros;
  if ("seconds" in aim) return micros * calls <= aim.seconds * 1e6;
  return micros <= aim.decimal * decimal;
}

const duration = (micros: number): string => {
  if (micros >= 1e6) return `${(micros / 1e6).toFixed(1)} s`;
  if (micros >= 1e3) return `${(micros / 1e3).toFixed(micros < 1e4 ? 1 : 0)} ms`;
  return `${micros.toFixed(micros < 10 ? 2 : 0)} µs`;
};

const ratio = (times: number): string =>
  times < 1 ? `1/${(1 / times).toFixed(1)}` : times.toFixed(times < 10 ? 1 : 0);

/** Measures one line in a new process and prints it. */
function show(line: Line): void {
  const child = spawnSync(process.execPath, [process.argv[1]!, "--line", line.call], {
    encoding: "utf8",
    timeout: LIMIT_SECONDS * 1000,
  });
  let cells = ["did not compute", "", "", "no"];
  if (child.signal) cells = [`> ${LIMIT_SECONDS} s`, "", "", "no"];
  else if (child.status === 0) {
    const { figure, decimal } = JSON.parse(child.stdout) as { figure: Figure; decimal: number };
    cells = [
      duration(figure.micros),
      figure.calls > 1 ? ratio(figure.micros / decimal) : "",
      figure.beside === undefined ? "" : ratio(figure.micros / figure.beside),
      isReached(line.aim, figure, decimal) ? "yes" : "no",
    ];
  }
  print(line.call, cells[0]!, cells[1]!, cells[2]!, inWords(line.aim), cells[3]!);
  const words = /Error: .*/.exec(child.stderr)?.[0];
  if (words) console.log(`    ${words}`);
}

const print = (
  ...[call, micros, decimal, other, aim, reached]: [string, string, string, string, string, string]
): void =>
  console.log(
    `${call.padEnd(60)} ${micros.padStart(10)} ${decimal.padStart(13)} ${other.padStart(9)}   ${aim.padEnd(20)} ${reached}`,
  );

const [mode, ...words] = process.argv.slice(2);
if (!isMainThread) serveThread();
else if (mode === "--load") {
  const loading = seconds(load);
  const first = seconds(() => functions.SUANLI_QUAN!(one(1_234_567.89), one(true), null, null, null));
  console.log(JSON.stringify({ load: loading, first }));
} else if (mode === "--line") {
  load();
  const figure = await LINES.find(({ call }) => call === words[0])!.measure();
  console.log(JSON.stringify({ figure, decimal: decimalMicros() }));
} else {
  const wanted = process.argv.slice(2);
  print("call", "per call", "× decimal.js", "× beside", "aim", "reached");
  LINES.filter(({ call }) => wanted.every((word) => call.toLowerCase().includes(word.toLowerCase()))).forEach(show);
}
