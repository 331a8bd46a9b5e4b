/** Amounts as people type them, in whatever unit, and the field that takes them. */
import { screen, waitFor } from "@testing-library/react";
import fc from "fast-check";
import { MAX_FEN } from "../../src/rules";
import { grouped, inYuan, joinAmount, readMoney, splitAmount, typedMoney } from "../../src/taskpane/parts/amount";
import type { Unit } from "../../src/tables";
import { fill, inBinjiang, openPane, openTab } from "./open";

describe("an amount with its unit", () => {
  test.each([
    ["1200", 120_000],
    ["1,200元", 120_000],
    ["１２００ 万元", 1_200_000_000],
    ["0.5亿", 5_000_000_000],
    ["1.005 万", 1_005_000],
    ["0.0000005万元", 1],
    ["0.0000004万元", 0],
    ["", undefined],
    ["  ", undefined],
    ["万元", undefined],
  ])("%s is %s fen", (text, fen) => {
    expect(readMoney(text)).toBe(fen);
  });

  test.each(["一千万", "-5万元", "30%", "5百万元", "10000000亿元", "1,20元", "5万万元"])(
    "%s is refused in words",
    (text) => {
      expect(() => readMoney(text)).toThrow();
      expect(() => readMoney(inYuan(text))).toThrow();
    },
  );

  test("every number of whole fen comes back as it was typed, through cells too", () => {
    const units = fc.constantFrom<Unit>(1, 10_000, 100_000_000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_FEN }), units, (fen, unit) => {
        expect(readMoney(typedMoney(fen))).toBe(fen);
        expect(readMoney(inYuan(typedMoney(fen)))).toBe(fen);
        const { number } = splitAmount(typedMoney(fen));
        expect(splitAmount(joinAmount(number, unit))).toEqual({ number, unit });
        expect(grouped(number).replaceAll(",", "")).toBe(number);
      }),
    );
  });

  test("thousands are set apart, decimals are not", () => {
    expect(["1234", "12345678.12345", "123", "1,234", "1200万"].map(grouped)).toEqual([
      ...["1,234", "12,345,678.12345", "123", "1,234", "1200万"],
    ]);
  });
});

describe("the field", () => {
  async function tryOne() {
    const host = inBinjiang();
    const user = await openPane(host);
    await user.click(screen.getByRole("button", { name: "算力券" }));
    await openTab(user, "试算一笔");
    return { host, user, amount: await screen.findByLabelText("上一年度结算费用") };
  }
  const unit = () => screen.getByRole("combobox", { name: "上一年度结算费用的单位" });

  test("takes another unit, shows the figure in 元 and with its thousands apart, and the workbook remembers the unit", async () => {
    const { host, user, amount } = await tryOne();
    await fill(user, amount, "1234.5");
    expect(amount).toHaveAccessibleDescription("1,234.50 元");
    await user.selectOptions(unit(), "万元");
    expect(amount).toHaveAccessibleDescription("12,345,000.00 元（1234.5 万元）");
    expect(amount).toHaveValue("1,234.5");
    expect([...host.noted]).toEqual([["UNIT", "10000"]]);
    // Another amount of the pane begins with it.
    expect(screen.getByRole("combobox", { name: "本年已获的单位" })).toHaveValue("10000");
    await user.clear(amount);
    expect(unit()).toHaveValue("10000");
  });

  test("takes a unit that is typed behind the number, whole or letter by letter", async () => {
    const { user, amount } = await tryOne();
    await user.clear(amount);
    await user.type(amount, "500万元");
    expect(amount).toHaveAccessibleDescription("5,000,000.00 元（500 万元）");
    expect(unit()).toHaveValue("10000");
    await user.tab();
    expect(amount).toHaveValue("500");
  });

  test("is edited without the commas that it shows: a digit more parts nothing wrongly", async () => {
    const { user, amount } = await tryOne();
    await fill(user, amount, "3430");
    await user.tab();
    expect(amount).toHaveValue("3,430");
    await user.click(amount);
    expect(amount).toHaveValue("3430");
    await user.type(amount, "5");
    expect(amount).toHaveAccessibleDescription(/^34,305\.00 元/);
    await user.tab();
    expect(amount).toHaveValue("34,305");
  });

  test("begins with the unit that the workbook remembers", async () => {
    const host = inBinjiang();
    host.noted.set("UNIT", "100000000");
    const user = await openPane(host);
    await user.click(screen.getByRole("button", { name: "算力券" }));
    await openTab(user, "试算一笔");
    await waitFor(() => expect(unit()).toHaveValue("100000000"));
  });
});
