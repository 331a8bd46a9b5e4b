/** A mistake in a policy file is told in words: where it is, what stands there, what is accepted. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import YAML from "yaml";
import { readPolicy } from "../../../src/rules/law/check";

const GOOD = readFileSync(join(__dirname, "../invented.yaml"), "utf8");

function told(right: string, wrong: string): string {
  expect(GOOD).toContain(right);
  try {
    readPolicy(YAML.parse(GOOD.replace(right, wrong)));
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

test("a file without mistakes is read", () => expect(told("cost", "cost")).toBe(""));

test.each<[string, string, string, RegExp]>([
  [
    "an unknown kind",
    "kind: tiered-rate",
    "kind: tierd-rate",
    /^inv-tower, kind: "tierd-rate" 不可用，可用：.*tiered-rate.* \/ .*accepted: /,
  ],
  [
    "a word misspelt deep inside",
    "at-most: 40%",
    "atmost: 40%",
    /^inv-tower, parts 1, limits 1, share, rate 1: 不认识的词 atmost \/ unknown word atmost$/,
  ],
  [
    "a figure with a Chinese unit",
    "amount: 3000000",
    "amount: 300万",
    /^inv-pool, budget, amount: "300万" 写法不对.*12%/,
  ],
  [
    "a missing translation",
    "lit: { kind: flag, zh: 已点亮, en: lit",
    "lit: { kind: flag, zh: 已点亮",
    /^inv-tower, inputs, lit, en: 缺少这一项 \/ is missing$/,
  ],
  [
    "a date in the window",
    "from: 2026-03-01",
    "from: 2026年3月1日",
    /^inv, document, window, from: "2026年3月1日" 写法不对/,
  ],
])("%s", (_name, right, wrong, words) => expect(told(right, wrong)).toMatch(words));

test("several mistakes are told in one go, a line each", () => {
  const lines = told("kind: pool\n    article: 一\n", "kind: puul\n").split("\n");
  expect(lines).toEqual([expect.stringMatching(/^inv-pool, kind/), "inv-pool, article: 缺少这一项 / is missing"]);
});
