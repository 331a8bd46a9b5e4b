/** A table as a workbook of plain formulas, and what LibreOffice makes of it. `npm run bench -- export` */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseCsv } from "hucre/csv";
import { exportBook } from "../../src/export";
import { tableAnswers } from "../../src/functions/table";
import { Numbers } from "./common/numbers";

const SIZES = [2_000, 10_000, 100_000];
/** LibreOffice is not asked about more rows. */
const MOST_IN_LIBREOFFICE = 10_000;
const HEADERS = ["企业", "金额", "国产算力", "年度"];
const CLAIM = { year: 2026 };
const INSTRUMENT = "zj-15-suanli";

/** Contracts of firms that share a yearly limit; amounts in which a share ends in half a fen among them. */
function contracts(length: number): (string | number)[][] {
  const numbers = new Numbers(1);
  return Array.from({ length }, () => [
    `企业${numbers.below(length / 5)}`,
    Math.round(100 * Math.exp(14 + 1.4 * numbers.normal())) / 20,
    numbers.next() < 0.5 ? "是" : "否",
    2025 + numbers.below(3),
  ]);
}

const seconds = (begun: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
};

const ALWAYS_RECALCULATE = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`;

/** LibreOffice's own time for opening the file and computing all of it anew, and the rows that it gives otherwise than our function. */
const CSV_OF_SECOND_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,2";
function inLibreOffice(bytes: Uint8Array, expected: readonly unknown[]): string {
  if (spawnSync("soffice", ["--version"]).status !== 0) return "SKIPPED: no LibreOffice here";
  const folder = mkdtempSync(join(tmpdir(), "butie-bench-"));
  const profile = join(folder, "profile");
  mkdirSync(join(profile, "user"), { recursive: true });
  writeFileSync(join(profile, "user/registrymodifications.xcu"), ALWAYS_RECALCULATE);
  writeFileSync(join(folder, "book.xlsx"), bytes);
  const convert = (): number => {
    const settings = ["--headless", "--norestore", `-env:UserInstallation=${pathToFileURL(profile).href}`];
    const out = execFileSync(
      "bash",
      [
        "-c",
        `TIMEFORMAT='%U %S'; { time soffice ${settings.join(" ")} --convert-to '${CSV_OF_SECOND_SHEET}' --outdir ${folder}/out ${folder}/book.xlsx >/dev/null 2>&1; } 2>&1`,
      ],
      { encoding: "utf8" },
    );
    return out
      .trim()
      .split(" ")
      .map(Number)
      .reduce((a, b) => a + b);
  };
  convert();
  const used = convert();
  const [file] = readdirSync(join(folder, "out"));
  const rows = parseCsv(readFileSync(join(folder, "out", file!), "utf8"));
  rmSync(folder, { recursive: true, force: true });
  const header = rows.findIndex((row) => row.includes("奖补额"));
  const [source, award] = [0, rows[header]!.indexOf("奖补额")];
  const wrong = rows.slice(header + 1).filter((row) => Number(row[award]) !== expected[Number(row[source]) - 1]).length;
  return `${used.toFixed(1)} s of processor time in LibreOffice (open, compute), ${wrong} wrong of ${rows.length - header - 1}`;
}

for (const size of SIZES) {
  const values = contracts(size);
  const expected = tableAnswers([INSTRUMENT], HEADERS, values, [2026], CLAIM).map(([answer]) => answer);
  const begun = process.cpuUsage();
  const { bytes } = exportBook(
    { instruments: [INSTRUMENT], headers: HEADERS, values, years: [2026] },
    { claim: CLAIM, place: "浙江省" },
  );
  const used = seconds(begun);
  console.log(
    `${size} rows: ${used.toFixed(1)} s to export, ${(bytes.length / 1e6).toFixed(1)} MB; ${size > MOST_IN_LIBREOFFICE ? "" : inLibreOffice(bytes, expected)}`,
  );
}
