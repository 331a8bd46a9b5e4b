/**
 * The same random dirty table as a file and on two servers: awards, deciding limits, rejects and reasons are the same to the letter,
 * and what the columns of a workbook give for the rows that are computed.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { parseCsv } from "hucre/csv";
import { Cluster } from "../../src/cli/run/cluster";
import { Postgres } from "../../src/cli/run/postgres";
import { runJob, type Job } from "../../src/cli/run/run";
import { runTable } from "../../src/cli/run/table";
import type { Target } from "../../src/cli/run/target";
import { Warehouse } from "../../src/cli/run/warehouse";
import {
  bindingOf,
  columnsAwards,
  entryOf,
  NO_LIMIT,
  OUTCOMES,
  outcomeOf,
  planOf,
  readOwnPolicies,
  setOwnPolicies,
  limitsOf,
  type PlannedRow,
} from "../../src/rules";
import { blocksOfRows, isPlanned, readTable, type Cell } from "../../src/tables";
import { limitName, OUTCOME_WORDS } from "../../src/writers/words";
import { rowsOf, textsOf } from "../tools/random-rows";
import { clickhouse, postgres, type Server } from "./servers";

/** Spellings of some firms. */
const FIRMS = [
  ["甲科技（杭州）有限公司", "甲科技(杭州)有限公司", " 甲科技 （杭州） 有限公司", "甲科技（杭州）有限公司\u200b"],
  ["Acme Ltd", "ＡＣＭＥ　ＬＴＤ", "acme  ltd"],
  [`x'"; DROP TABLE victims; --\\`, `Ｘ'"; drop table victims; --\\`, `x’”; DROP TABLE victims; --\\`],
  [`\\'); DROP TABLE victims; --`, `\\'); drop table victims; ──`.replaceAll("─", "-")],
  ["$1 {x:String} %s /* */", "$1  {X:String} %s /* */"],
  ["丙\n公司", "丙公司", "丙\t公司"],
] as const;

/** What stands in cells of ledgers and is no plain value, or only looks like none. */
const CELLS = [
  ...["1e3", "-5", "12.345", "1,234.50", "１，２３４．５０", "￥100", "100元", "12①", "100¹", " 100 ", "1,00", "(5)"],
  ...["99999999999999", "9999999999999.99", "0", "0.001", "0.10", "+7", "7.", ".5", "30%", "-0", "0x10", "١٢", "1 000"],
  ...[
    "也许",
    "√",
    "ＹＥＳ",
    "是 ",
    "FALSE",
    "国产",
    "国际",
    "NULL",
    "nan",
    "Infinity",
    "\\N",
    "'",
    "\\",
    "“”",
    "；",
    ",",
  ],
  ...["26", "明年", "2026年度", "202606", "2026-06-10", "２０２６", "2026.5", "1e4", "2026-02-30", "1900", "9999"],
] as const;
const NO_NAMES = ["小计", "合计 3 家", "", "无", "同上", "其中：重点企业"] as const;
const NO_TOOLS = ["nowhere", "", "火星", "算力券", "bj-6", "zj-15-suanli ", "'; --"] as const;

const INSTRUMENT = "政策工具";
const SHARD = "分片";

interface Dirty {
  readonly headers: readonly string[];
  readonly lines: readonly (readonly (string | null)[])[];
}

/** Random rows of some instruments over several years, many of them with something in a cell that should not be there. */
const tables = (ids: readonly string[]): fc.Arbitrary<Dirty> =>
  fc
    .tuple(...ids.map((id) => rowsOf(planOf(entryOf(id), { year: 2026 }))))
    .map((all) => all.flat())
    .chain((rows) => {
      const own = fc.record({
        year: fc.constantFrom(2025, 2026, 2026, 2027, 2030),
        firm: fc.nat(FIRMS.length - 1),
        spelling: fc.nat(3),
        dirt: fc.option(
          fc.record({ column: fc.nat(), cell: fc.constantFrom(null, ...CELLS), name: fc.constantFrom(...NO_NAMES) }),
        ),
        tool: fc.option(fc.constantFrom(...NO_TOOLS), { freq: 12 }),
        plain: fc.boolean(),
      });
      return fc.array(own, { minLength: rows.length, maxLength: rows.length }).map((drawn) => {
        const texts = textsOf(
          rows.map((row, r) => ({ ...row, plan: planOf(row.plan.entry, { year: drawn[r]!.year }) })),
        );
        const [firm, object] = [texts.headers.indexOf("企业"), texts.headers.indexOf("object")];
        const lines = texts.lines.map((line, r) => {
          const { firm: f, spelling, dirt, tool } = drawn[r]!;
          const shard = String(f % 2);
          const cells: (string | null)[] = [...line];
          cells[firm] = FIRMS[f]![spelling % FIRMS[f]!.length]!;
          // A firm, and an object, lies on one shard.
          if (cells[object]) cells[object] += shard;
          if (dirt) {
            const at = dirt.column % cells.length;
            cells[at] = at === firm || at === object ? dirt.name : dirt.cell;
          }
          return [shard, tool ?? rows[r]!.plan.entry.instrument.id, ...cells];
        });
        return { headers: [SHARD, INSTRUMENT, ...texts.headers], lines };
      });
    });

/** By row of the table: what is awarded, or why not. */
type Answers = Map<number, readonly (string | null)[]>;

const ASKED = { entry: undefined, place: entryOf("bj-6-suanli").jurisdiction, claim: { year: 2026 }, readings: {} };
const quiet = { report: () => {} };

const csv = (rows: readonly (readonly (string | null)[])[]): string =>
  rows.map((row) => row.map((cell) => `"${(cell ?? "").replaceAll('"', '""')}"`).join(",")).join("\n");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-dirty-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function byFile({ headers, lines }: Dirty): Promise<{ answers: Answers; unused: readonly string[] }> {
  const [input, output, rejects] = ["in.csv", "out.csv", "rejects.csv"].map((name) => path.join(folder, name));
  writeFileSync(input!, csv([["id", ...headers], ...lines.map((line, r) => [String(r), ...line])]));
  const job: Job = { ...ASKED, ...quiet, input: input!, output: output!, rejects: rejects! };
  const warehouse = await Warehouse.open({ threads: 1 });
  const { unused } = await runJob(job, warehouse).finally(() => warehouse.close());
  const rowsIn = (file: string): string[][] =>
    parseCsv(readFileSync(file, "utf8"), { delimiter: "," })
      .slice(1)
      .map((row) => row.map(String));
  const answers = new Map<number, readonly (string | null)[]>([
    ...rowsIn(output!).map((row): [number, string[]] => [Number(row[0]), row.slice(-3)]),
    ...rowsIn(rejects!).map((row): [number, string[]] => [Number(row[1]), row.slice(-1)]),
  ]);
  return { answers, unused };
}

let made = 0;

async function byServer(server: Server, { headers, lines }: Dirty): Promise<Answers> {
  const [table, into, rejects] = ["dirty", "awards", "rejects"].map((name) => `${name}_${made++}`) as [
    string,
    string,
    string,
  ];
  await server.fill(
    table,
    ["id", ...headers],
    lines.map((line, r) => [r, ...line]),
  );
  const places = { table: into, rejects, replace: false };
  const memory = 2 ** 29;
  const target: Target =
    server.engine === "clickhouse"
      ? new Cluster(server.urls, table, places, { memory, threads: undefined })
      : new Postgres(server.urls[0]!, table, places, { memory });
  try {
    await runTable({ ...ASKED, ...quiet, row: "id", meanings: new Map() }, target);
  } finally {
    await target.close();
  }
  const of = server.quoted;
  const paid = await server.rows(
    `SELECT id, ${of("补贴金额（元）")}, ${of("结论")}, ${of("起作用的限额")} FROM ${of(into)}`,
  );
  const rejected = await server.rows(`SELECT id, ${of("原因")} FROM ${of(rejects)}`);
  return new Map(
    [...paid, ...rejected].map(([id, ...cells]): [number, (string | null)[]] => [
      Number(id),
      cells.map((cell, c) => (cells.length > 1 && c === 0 ? Number(cell).toFixed(2) : (cell ?? ""))),
    ]),
  );
}

/** What Excel makes of a text that is typed, as far as it counts here. */
const asTyped = (cell: string | null): Cell =>
  cell === null ? "" : /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell === "FALSE" ? false : cell;

/** What only a run gives back, because it rounds nothing, and in a file a blank and 0 are two things. */
const ONLY_IN_RUNS = /^[^：]*：(“.*”(不是精确到分的金额|的位数过多)|金额为空|“0”不在可选项中)/s;
const FAULTS: readonly string[] = [
  OUTCOME_WORDS.incomplete.zh,
  OUTCOME_WORDS["above-ceiling"].zh,
  OUTCOME_WORDS["too-large"].zh,
];

/** The blank amount of a file is missing; in a workbook, where a blank is handed over as 0, it comes to nothing. */
const LACKS = `${OUTCOME_WORDS.incomplete.zh}：`;

/** What the columns say of the same texts in a workbook, where the rows that the run gave back are left aside. */
function byColumns({ headers, lines }: Dirty, answers: Answers, unused: readonly string[]): Answers {
  const used = <T>(line: readonly T[]): T[] => line.filter((_, c) => !unused.includes(headers[c]!));
  const cells = lines.map((line) => used(line).map(asTyped));
  const rows = readTable([""], used(headers), cells, [""], ASKED.claim);
  const own = (wanted: (r: number) => boolean) =>
    rows.flatMap((row, r) => (isPlanned(row) && wanted(r) ? { r, row } : []));
  const answered = (planned: readonly { r: number; row: PlannedRow }[]): Answers => {
    const { fen, decisions } = columnsAwards(blocksOfRows(planned.map(({ row }) => row)), planned.length);
    return new Map(
      planned.map(({ r, row: { plan } }, k) => {
        const kind = OUTCOMES[outcomeOf(decisions[k]!)]!;
        const binding = bindingOf(decisions[k]!);
        const limit = binding === NO_LIMIT ? undefined : limitsOf(plan).find(({ index }) => index === binding);
        return [r, [(fen[k]! / 100).toFixed(2), OUTCOME_WORDS[kind].zh, limit ? limitName(limit, "zh") : ""]];
      }),
    );
  };
  const isComputed = (r: number): boolean => answers.get(r)!.length > 1;
  const given = answered(own((r) => !isComputed(r) && !ONLY_IN_RUNS.test(answers.get(r)![0]!)));
  // What a run gives back, the workbook refuses, too, or says that it lacks something.
  const otherwise = [...given].filter(
    ([r, [yuan, outcome]]) => !FAULTS.includes(outcome!) && !(yuan === "0.00" && answers.get(r)![0]!.startsWith(LACKS)),
  );
  expect(otherwise.map(([r]) => [answers.get(r), cells[r], used(headers)])).toEqual([]);
  return answered(own(isComputed));
}

const different = (found: Answers, wanted: Answers): unknown[] =>
  [...new Set([...found.keys(), ...wanted.keys()])]
    .flatMap((r) =>
      JSON.stringify(found.get(r)) === JSON.stringify(wanted.get(r))
        ? []
        : [{ row: r, found: found.get(r), wanted: wanted.get(r) }],
    )
    .slice(0, 3);

const servers: readonly (readonly [string, Server | undefined])[] = [
  ["ClickHouse, two shards", clickhouse()],
  ["PostgreSQL", postgres()],
];
for (const [what, server] of servers) if (!server) console.log(`SKIPPED: ${what} is not installed here.`);
afterAll(() => servers.forEach(([, server]) => server?.close()));

/** Names and texts of this policy would be statements wherever they stood as they are. */
const HOSTILE = { name: "hostile.yaml", text: readFileSync("test/rules/own/hostile.yaml", "utf8") };
beforeAll(() => setOwnPolicies(readOwnPolicies([HOSTILE])));
afterAll(() => setOwnPolicies(undefined));

test.each([
  [["bj-6-suanli"]],
  [["hz-17-dataset"]],
  [["bj-5-standards"]],
  [["bj-6-suanli", "hz-17-dataset", "bj-5-standards"]],
  [["evil-tool"]],
])(
  "%j: file, servers and columns say the same of every row",
  async (ids) => {
    await fc.assert(
      fc.asyncProperty(tables(ids), async (table) => {
        const { answers, unused } = await byFile(table);
        expect([...answers.keys()].sort((a, b) => a - b)).toEqual(table.lines.map((_, r) => r));
        const computed = new Map([...answers].filter(([, cells]) => cells.length > 1));
        expect(different(computed, byColumns(table, answers, unused))).toEqual([]);
        for (const [what, server] of servers)
          if (server) expect([what, different(await byServer(server, table), answers)]).toEqual([what, []]);
      }),
      { numRuns: 4, endOnFailure: true },
    );
  },
  240_000,
);
