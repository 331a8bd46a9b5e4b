/** How long each part of the planner takes for 10,000 claims, and the longest step of it, which is what typing may feel. `npm run bench -- planner`, `npm run bench -- planner shares` */
import { spreadWithin } from "../../src/rules";
import { seededStream, uniform } from "../../src/rules/pool/random";
import { begin, type Order } from "../../src/taskpane/planner/calculations";
import type { PoolFigures } from "../../src/taskpane/planner/planning";

const wanted = process.argv.slice(2);
const CLAIMS = 10_000;
const stream = seededStream(7);
const u = (): number => uniform(stream);
const amounts = Array.from({ length: CLAIMS }, () => Math.floor(1e8 * u()) * 100);
const groups = amounts.map((_, k) => ["算力券", "语料券", "模型券"][k % 3]!);
const day = (k: number): string => `2026-${String(1 + (k % 12)).padStart(2, "0")}-15`;
const CAP = 5e9;

function figures(spread: number, factors: PoolFigures["factors"] = []): PoolFigures {
  const expected = amounts.reduce((total, amount) => total + 0.5 * Math.min(amount, CAP), 0);
  return {
    claims: {
      amounts,
      probabilities: amounts.map(() => 0.5),
      spreads: amounts.map(() => spread),
      dated: amounts.map((amount, claim) => ({ amount, claim, date: day(claim) })),
      ranks: undefined,
      groups,
    },
    amount: Math.round(expected),
    cases: [{ id: "present", cap: CAP }],
    knownUpTo: undefined,
    growth: undefined,
    factors,
  };
}

const states = [
  { chance: 0.25, probability: 1.2, size: 1.1 },
  { chance: 0.5, probability: 1, size: 1 },
  { chance: 0.25, probability: 0.7, size: 0.9 },
];
const plan = {
  ahead: 2,
  growth: "0.08",
  terms: { delay: { years: 1, month: 3 }, parts: [5000, 3000, 2000], unused: 0.1 },
  carriesOver: true,
};

/** As the section opens. */
const blank = {
  ahead: 0,
  growth: "0",
  terms: { delay: { months: 0 }, parts: [10_000], unused: 0 },
  carriesOver: false,
};

for (const [name, one] of [
  ["known sizes", figures(0)],
  ["±20 %", figures(spreadWithin(0.2))],
  ["±20 %, three states", figures(spreadWithin(0.2), [{ group: undefined, states }])],
] as const) {
  const orders: Order[] = [
    { kind: "use", question: { figures: one, uncertain: true } },
    { kind: "risk", question: { figures: one, risk: 0.1 } },
    {
      kind: "shares",
      question: { figures: one, uncertain: true, cap: CAP, order: "cap_then_share", winners: undefined },
    },
    { kind: "sizing", question: { figures: one, risk: 0.1 } },
    { kind: "time", question: { figures: one, uncertain: true, cap: CAP, carry: "once" } },
    { kind: "years", question: { figures: one, cap: CAP, plan: blank } },
    { kind: "years", question: { figures: one, cap: CAP, plan } },
    { kind: "years", question: { figures: one, cap: CAP, plan: { ...plan, carriesOver: false, ahead: 0 } } },
    {
      kind: "portfolio",
      question: { pools: ["甲", "乙"].map((of) => ({ name: of, figures: one, fixed: false })), move: undefined },
    },
  ].filter(({ kind }) => wanted.length === 0 || wanted.includes(kind)) as Order[];
  let all = 0;
  for (const order of orders) {
    const before = process.cpuUsage();
    const work = begin(order);
    let longest = 0;
    for (;;) {
      const start = performance.now();
      const step = work.next();
      longest = Math.max(longest, performance.now() - start);
      if (step.done) break;
    }
    const took = process.cpuUsage(before).user / 1000;
    all += took;
    console.log(`${name}, ${order.kind}: ${took.toFixed(0)} ms, longest step ${longest.toFixed(0)} ms`);
  }
  console.log(`${name}: all ${all.toFixed(0)} ms`);
}
