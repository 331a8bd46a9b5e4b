/** What rows come to together, beyond 2^52 fen: an error in every reader, never a rounded number. */
import fc from "fast-check";
import { awards, columnsAwards, entryOf, OUTCOMES, outcomeOf, planOf, type PlannedRow } from "../../../src/rules";
import { MAX_FEN, MAX_SUM } from "../../../src/rules/number/money";
import { refusalText } from "../../../src/writers/sentence";
import { blocksOf } from "../../tools/blocks";

jest.mock("../../../src/rules/law/policies/digest.yaml", () => jest.requireActual("../invented.yaml"));

type Answer = number | string;

/** Single awards and columns, which agree. */
function answers(rows: readonly PlannedRow[]): Answer[] {
  const found = awards(rows).map(({ outcome, fen }) => (outcome.kind === "award" ? fen : outcome.kind));
  const columns = columnsAwards(blocksOf(rows), rows.length);
  const inColumns = Array.from(columns.decisions, (decision, i): Answer => {
    const kind = OUTCOMES[outcomeOf(decision)]!;
    if (kind !== "award") expect(columns.because(i).outcome.kind).toBe(kind);
    return kind === "award" ? columns.fen[i]! : kind;
  });
  expect(inColumns).toEqual(found);
  return found;
}

const planned = (id: string, row: PlannedRow["row"], firm = "甲", object?: string): PlannedRow => ({
  plan: planOf(entryOf(id), { year: 2026 }),
  row,
  firm,
  ...(object && { object }),
});

const large = fc.oneof(
  fc.integer({ min: 0, max: MAX_FEN }),
  fc.integer({ min: MAX_FEN - 3, max: MAX_FEN }),
  fc.constantFrom(0, 1, MAX_SUM / 8, MAX_SUM / 8 + 1),
);
const many = fc.array(large, { minLength: 1, maxLength: 9 });
const sumOf = (list: readonly number[]): bigint => list.reduce((sum, fen) => sum + BigInt(fen), 0n);

test("at the bound, and one fen above", () => {
  const eighths = new Array<number>(8).fill(MAX_SUM / 8);
  const fog = (list: readonly number[]): Answer[] => answers(list.map((amount) => planned("inv-fog", { amount })));
  // 30% of the eighth, half-up.
  expect(new Set(fog(eighths))).toEqual(new Set([Number((BigInt(MAX_SUM / 8) * 3n + 5n) / 10n)]));
  expect(new Set(fog([...eighths, 1]))).toEqual(new Set(["too-large"]));
  expect(refusalText(awards([...eighths, 1].map((amount) => planned("inv-fog", { amount })))[0]!)?.zh).toContain(
    "合计过大",
  );
});

test("a total of the year: all of its rows are errors, those of another firm are not", () => {
  fc.assert(
    fc.property(many, (list) => {
      const rows = [
        ...list.map((amount) => planned("inv-fog", { amount })),
        planned("inv-fog", { amount: 20_000_000 }, "乙"),
      ];
      const sum = sumOf(list);
      const rate = sum < 10_000_000n ? undefined : sum <= 50_000_000n ? 5n : 3n;
      const expected = list.map((amount): Answer =>
        sum > BigInt(MAX_SUM) ? "too-large" : rate ? Number((BigInt(amount) * rate + 5n) / 10n) : "not-eligible",
      );
      expect(answers(rows)).toEqual([...expected, 10_000_000]);
    }),
  );
});

test("a ceiling on all public money: what others are awarded comes to more than is exact", () => {
  // Each row of the other instrument is awarded its amount, without a cap.
  const { instrument, ...entry } = entryOf("inv-dock");
  const other = { ...instrument, tranches: true as const, parts: [{ limits: [{ share: { of: "cost" } }] }] };
  const plan = planOf({ ...entry, instrument: other }, { year: 2026 });
  fc.assert(
    fc.property(many, fc.integer({ min: 0, max: MAX_FEN }), (list, amount) => {
      const rows = [
        planned("inv-pile", { amount }, "甲", "一号"),
        ...list.map((cost): PlannedRow => ({ plan, row: { cost, revenue: 0 }, firm: "甲", object: "一号" })),
      ];
      const sum = sumOf(list);
      const half = (BigInt(amount) * 5n + 5n) / 10n - sum;
      const part = (BigInt(amount) * 4n + 5n) / 10n;
      const fen = half < 0n ? 0n : half < part ? half : part;
      expect(answers(rows)).toEqual([sum > BigInt(MAX_SUM) ? "too-large" : Number(fen), ...list]);
    }),
  );
});

test("a limit that rows share: the row that would draw beyond is an error, and draws nothing", () => {
  // Each part draws its amount on an account that is as large as the row says; a limit over the parts leaves one yuan.
  const { instrument, ...entry } = entryOf("inv-beacon");
  const drawing = {
    ...instrument,
    take: undefined,
    inputs: { ...instrument.inputs, room: instrument.inputs!["research"]! },
    parts: [
      {
        limits: [
          { share: { of: "equipment" } },
          { share: { of: "room", times: 16 }, "shared-by": { scope: "firm", period: "year" as const } },
        ],
      },
    ],
    limits: [{ cap: 1 }],
  };
  const plan = planOf({ ...entry, instrument: drawing }, { year: 2026 });
  fc.assert(
    fc.property(many, (list) => {
      const rows = list.map((equipment): PlannedRow => ({ plan, row: { equipment, room: MAX_FEN }, firm: "甲" }));
      let granted = 0n;
      const expected = list.map((equipment): Answer => {
        if (granted + BigInt(equipment) > BigInt(MAX_SUM)) return "too-large";
        granted += BigInt(equipment);
        return Math.min(equipment, 100);
      });
      expect(answers(rows)).toEqual(expected);
    }),
  );
});
