/** The examples that ship, over a file in DuckDB: limits of two scopes in one part, quarters, a ceiling over two instruments, by hand. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { entryOf, readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { runJob } from "../../src/cli/run/run";
import { Warehouse } from "../../src/cli/run/warehouse";

const FOLDER = path.join(__dirname, "../../examples/policies");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "butie-examples-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  setOwnPolicies(undefined);
});

/** Yuan of the rows, which are all paid. */
async function awardsOf(policy: string, lines: readonly string[]): Promise<number[]> {
  setOwnPolicies(readOwnPolicies([{ name: policy, text: readFileSync(path.join(FOLDER, policy), "utf8") }]));
  const [input, output] = ["in.csv", "out.csv"].map((name) => path.join(folder, name)) as [string, string];
  writeFileSync(input, lines.join("\n"));
  const warehouse = await Warehouse.open({ threads: 1 });
  try {
    const done = await runJob(
      {
        entry: undefined,
        place: entryOf("zj-15-suanli").jurisdiction,
        claim: { year: 2026 },
        readings: {},
        report: () => {},
        input,
        output,
      },
      warehouse,
    );
    expect(done).toMatchObject({ rows: lines.length - 1, rejected: 0, unused: [] });
  } finally {
    await warehouse.close();
  }
  const width = lines[0]!.split(",").length;
  return readFileSync(output, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",")[width]));
}

test("Haidian's kind: 2 million of the user within 3 million of the provider, 20 % half-up", async () => {
  const rows = ["甲,云一,12000000", "乙,云一,6000000", "丙,云一,100", "丙,云二,0.03", "丙,云二,0.02"];
  expect(
    await awardsOf("haidian-two-tier.yaml", [
      "政策工具,企业,服务商,算力服务费用",
      ...rows.map((row) => `hdlc-1-suanli,${row}`),
    ]),
  ).toEqual([2_000_000, 1_000_000, 0, 0.01, 0]);
});

test("Ningbo's kind: 200,000 a quarter, 600,000 a year, nothing below 1,000; the day tells the quarter", async () => {
  const rows = [
    "甲,2026-03-31,1000000",
    "甲,2026-04-01,1000000",
    "甲,2026-06-30,100",
    "甲,2026-07-01,1000000",
    "甲,2026-12-31,1000000",
    "甲,2027-01-01,1000000",
    "乙,2026-01-05,3333.33",
    "乙,2026-01-05,3333.31",
  ];
  expect(
    await awardsOf("ningbo-quarterly.yaml", [
      "政策工具,企业,年度,算力服务费用",
      ...rows.map((row) => `nbjd-1-suanli,${row}`),
    ]),
  ).toEqual([200_000, 200_000, 0, 200_000, 0, 200_000, 1_000, 0]);
});

test("Shenzhen's kind: half of a contract from all public money, the later row is cut", async () => {
  expect(
    await awardsOf("shenzhen-voucher.yaml", [
      "政策工具,企业,对象,服务合同金额,该合同已获其他财政资金",
      "szxl-1-xunli,甲,合同一,1000000,",
      "szxl-2-quji,甲,合同一,1000000,",
      "szxl-2-quji,甲,合同二,1000000,",
      "szxl-1-xunli,甲,合同二,1000000,",
      "szxl-1-xunli,乙,合同三,0.01,",
      "szxl-1-xunli,乙,合同四,1000000,400000.01",
    ]),
  ).toEqual([500_000, 0, 200_000, 300_000, 0.01, 99_999.99]);
});
