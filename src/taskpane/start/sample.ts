/** Twenty contracts of six firms, all invented: below, at and above the caps. A table on which every job can be tried. */
import type { Language, NewSheet } from "../../host/workbook";
import { JURISDICTIONS } from "../../rules";

const ZHEJIANG = "浙江省";
const HANGZHOU = "杭州市";
const BINJIANG = "滨江区";

export const COMPUTE_VOUCHER: Readonly<Record<string, string>> = {
  [ZHEJIANG]: "zj-15-suanli",
  [HANGZHOU]: "hz-1-city-suanli",
  [BINJIANG]: "bj-6-suanli",
};

/** Contract, jurisdiction, firm, amount in yuan, domestic compute, year of the claim. */
export const CONTRACTS: readonly (readonly [string, string, string, number, "是" | "否", number])[] = [
  ["大模型训练集群租用", HANGZHOU, "西溪语言智能", 12_000_000, "是", 2026],
  ["多模态训练扩容", HANGZHOU, "西溪语言智能", 18_500_000, "是", 2026],
  ["推理算力包年", HANGZHOU, "西溪语言智能", 6_400_000, "否", 2026],
  ["语音模型训练", HANGZHOU, "西溪语言智能", 26_666_666.67, "是", 2025],
  ["城市治理模型训练", ZHEJIANG, "之江云图信息", 26_666_666.66, "是", 2026],
  ["遥感解译训练", ZHEJIANG, "之江云图信息", 26_666_670, "是", 2026],
  ["通用算力租用", ZHEJIANG, "之江云图信息", 80_000_000, "否", 2026],
  ["交通仿真算力", ZHEJIANG, "之江云图信息", 3_280_500, "否", 2025],
  ["具身智能训练", BINJIANG, "灵溪机器人", 33_333_333.33, "是", 2026],
  ["仿真平台算力", BINJIANG, "灵溪机器人", 9_800_000, "否", 2026],
  ["视觉伺服训练", BINJIANG, "灵溪机器人", 4_512_300.75, "是", 2026],
  ["影像模型预训练", BINJIANG, "湘湖医影科技", 72_000_000, "是", 2026],
  ["病理切片推理", BINJIANG, "湘湖医影科技", 5_000_000, "否", 2026],
  ["药物筛选算力", BINJIANG, "湘湖医影科技", 15_750_000, "是", 2025],
  ["客服模型微调", HANGZHOU, "运河数据服务", 860_000, "是", 2026],
  ["标注平台算力", HANGZHOU, "运河数据服务", 10_000.75, "是", 2026],
  ["智能体平台推理", HANGZHOU, "运河数据服务", 2_400_000, "否", 2026],
  ["工业质检模型训练", ZHEJIANG, "钱江智造软件", 7_350_000, "是", 2026],
  ["排产优化算力", ZHEJIANG, "钱江智造软件", 1_200_000, "否", 2026],
  ["设备预测维护推理", ZHEJIANG, "钱江智造软件", 540_000, "是", 2025],
];

export const TABLE_HEADERS: Readonly<Record<Language, readonly string[]>> = {
  zh: ["合同", "辖区", "政策工具", "企业", "金额", "国产算力", "年度"],
  en: ["Contract", "Jurisdiction", "Instrument", "Firm", "Amount", "Domestic", "Year"],
};

const NAMES: Readonly<Record<Language, string>> = { zh: "示例合同", en: "Sample contracts" };

/** The contracts as a sheet for any workbook. */
export function sampleSheet(language: Language): NewSheet {
  const firms = [...new Set(CONTRACTS.map(([, , firm]) => firm))];
  const place = (name: string) => JURISDICTIONS.find(({ name: { zh } }) => zh === name)!.name[language];
  const rows = CONTRACTS.map(([contract, where, firm, amount, domestic, year], n) => {
    const ends = [amount, language === "zh" ? domestic : domestic === "是" ? "yes" : "no", year];
    return language === "zh"
      ? [contract, where, COMPUTE_VOUCHER[where]!, firm, ...ends]
      : [`Contract ${n + 1}`, place(where), COMPUTE_VOUCHER[where]!, `Firm ${firms.indexOf(firm) + 1}`, ...ends];
  });
  return {
    name: NAMES[language],
    cells: [TABLE_HEADERS[language], ...rows],
    formats: [{ address: `E2:E${rows.length + 1}`, format: "#,##0.00" }],
    widths: [24, 12, 18, 18, 18, 12, 8],
    headerRows: 1,
  };
}
