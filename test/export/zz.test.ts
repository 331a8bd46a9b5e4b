import { writeFileSync } from "node:fs";
import { exportBook } from "../../src/export";
test("x", async () => {
  const n = Number(process.env.N ?? 300);
  const values = Array.from({ length: n }, (_, i) => [
    ["=企业", "甲*公司", "乙", "-丙", "@丁", "+戊"][i % 6]! + (i % 50),
    (Math.round(1e6 * ((i % 77) + 1) * 1.37) / 100) * 10,
    i % 3 ? "是" : "否",
    2025 + (i % 3),
  ]);
  const t = process.cpuUsage();
  const bytes = await exportBook(
    { instruments: ["zj-15-suanli"], headers: ["企业", "金额", "国产算力", "年度"], values, years: [2026] },
    { claim: { year: 2026 }, pick: "浙江省，2026年" },
  );
  const { user, system } = process.cpuUsage(t);
  console.log((user + system) / 1e6, bytes.length);
  writeFileSync("/tmp/work/plain.xlsx", bytes);
});
