/** Several pools by themselves: a table of pools, and no claims of one that is planned. */
import { refuse } from "../../rules";
import { readClaim } from "../../tables";
import { togetherSections } from "../../taskpane/planner/portfolio-sections";
import type { Words } from "../../taskpane/planner/tables";
import type { ReportSection } from "../../taskpane/parts/report";
import type { Form } from "../../taskpane/planner/form";
import type { Shown } from "../shell";
import type { Named } from "./claims";
import { inOnePiece } from "./one-piece";
import { severalIn } from "./pools";

/** Options that name a pool or columns of its claims. */
const OF_ONE = ["pool", "claims", "firm", "spread", "within", "group", "date", "rank", "subpool"] as const;

interface Options extends Shown, Named {
  pool?: string;
  pools?: string;
  memory?: string;
  threads?: string;
}

/** @throws Refusal for options that only claims of one pool can obey, and where fewer than two pools have claims */
export async function poolsAlone(options: Options, form: Form, words: Words): Promise<ReportSection[]> {
  if (options.pools === undefined)
    throw refuse(
      "缺少申请表；只看多个资金池时用 --pools 给出资金池表",
      "the file of the claims is missing; to look at several pools alone name their table with --pools",
    );
  const idle = [
    ...OF_ONE.filter((name) => options[name] !== undefined),
    ...Object.keys(form).filter((name) => name !== "factors"),
  ];
  if (idle.length)
    throw refuse(
      `没有申请表，这些选项用不上：${idle.join("、")}；各池的申请额、企业、概率写在资金池表里`,
      `without a file of claims these options mean nothing: ${idle.join(", ")}; claims, firms and probabilities stand in the table of pools`,
    );
  const claim = options.year === undefined ? { year: 0 } : readClaim(options.year);
  const several = await severalIn(options.pools, { factors: form.factors, limits: options }, claim);
  if (several.pools.length < 2)
    throw refuse(
      `资金池表里填了申请额的不到两个${several.missing.length ? `，还没有申请额：${several.missing.join("、")}` : ""}`,
      `fewer than two pools of the table have claims${several.missing.length ? `; without: ${several.missing.join(", ")}` : ""}`,
    );
  return togetherSections(several, inOnePiece, words);
}
