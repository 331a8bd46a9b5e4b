/** What the starter workbook holds until a team enters its own: firms and contracts, all invented, below, at and above the caps. */
import type { Scalar } from "../../writers/formula/expression";
import type { Example } from "./contracts";

const FIRMS = ["西溪语言智能", "之江云图信息", "灵溪机器人", "湘湖医影科技", "运河数据服务", "钱江智造软件"];

/** Contract, month of the claim, firm, amount in yuan, domestic compute. */
type Contract = readonly [contract: string, month: number, firm: number, amount: number, domestic: "是" | "否"];

const CONTRACTS: readonly Contract[] = [
  ["示例-001", 1, 0, 12_345_678.9, "是"],
  ["示例-002", 1, 0, 18_512_300, "是"],
  ["示例-003", 2, 0, 6_412_345.67, "否"],
  ["示例-004", 2, 1, 26_666_666.66, "是"],
  ["示例-005", 3, 1, 3_280_512.5, "否"],
  ["示例-006", 3, 2, 33_333_333.33, "是"],
  ["示例-007", 4, 2, 9_812_000, "否"],
  ["示例-008", 4, 3, 72_123_456.78, "是"],
  ["示例-009", 5, 3, 5_123_456.78, "否"],
  ["示例-010", 5, 4, 861_234.56, "是"],
  ["示例-011", 6, 4, 10_000.75, "是"],
  ["示例-012", 6, 5, 7_351_234, "是"],
  ["示例-013", 7, 5, 1_234_567.89, "否"],
  ["示例-014", 8, 0, 4_512_300.75, "是"],
  ["示例-015", 9, 3, 15_751_234.5, "是"],
  ["示例-016", 10, 1, 2_412_345, "否"],
  ["示例-017", 10, 2, 541_234.05, "是"],
  ["示例-018", 11, 4, 987_654.32, "否"],
  ["示例-019", 11, 5, 654_321.09, "是"],
  ["示例-020", 12, 2, 1_876_543.21, "否"],
];

export const EXAMPLE_FIRMS: readonly string[] = FIRMS;
export const ASSUMED = { growth: 0.1, share: 0.8 } as const;

/** The contracts under the instruments in turn; the first ones once more under the last, as one contract is paid once. */
export function exampleRows(
  labels: readonly string[],
  year: number,
  used: (label: string, header: string) => boolean,
): Example[] {
  const row = ([contract, month, firm, amount, domestic]: Contract, label: string): Example => {
    const cells: Record<string, Scalar> = {
      政策: label,
      申报月份: month,
      企业: FIRMS[firm]!,
      合同: contract,
      年度: year,
      金额: amount,
      国产算力: domestic,
    };
    return Object.fromEntries(Object.entries(cells).filter(([header]) => PLAIN.has(header) || used(label, header)));
  };
  const [first] = labels;
  const rows = CONTRACTS.map((contract, i) => row(contract, i % 3 ? first! : labels[(i / 3) % labels.length]!));
  const again = labels.at(-1)!;
  return again === first ? rows : [...rows, row(CONTRACTS[1]!, again), row(CONTRACTS[4]!, again)];
}
const PLAIN = new Set(["政策", "申报月份", "企业", "合同", "年度"]);
