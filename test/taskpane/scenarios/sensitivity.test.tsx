import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { FakeWorkbook } from "../fake-workbook";
import { fill, openPane, openTab } from "../open";

jest.setTimeout(120_000);

type User = Awaited<ReturnType<typeof openPane>>;

/** Binjiang, 60 % of last year's fees for domestic compute and 30 % for other, at most 20 million yuan a firm. */
const contracts = () =>
  new FakeWorkbook({
    合同: [
      ["合同", "政策工具", "企业", "amount", "domestic"],
      ["A", "bj-6-suanli", "甲", 10_000_000, "是"],
      ["B", "bj-6-suanli", "乙", 40_000_000, "是"],
      ["C", "bj-6-suanli", "丙", 1_000, "否"],
    ],
  });

/** The section with its base chosen. */
async function openSensitivity(host: FakeWorkbook): Promise<{ user: User; section: HTMLElement }> {
  const user = await openPane(host);
  await openTab(user, "情景");
  await fill(user, await screen.findByRole("textbox", { name: /数据区域/ }), "合同!A1:E4");
  await screen.findByText(/合同!A1:E4：3 行；算力券。/);
  const section = await screen.findByRole("region", { name: "敏感性" });
  await within(section).findByRole("button", { name: "开始测算" });
  await waitFor(() => expect(within(section).getByRole("button", { name: "开始测算" })).toBeEnabled());
  return { user, section };
}

test("before a base is chosen there is nothing to compute", async () => {
  const user = await openPane(contracts());
  await openTab(user, "情景");
  const section = await screen.findByRole("region", { name: "敏感性" });
  expect(await within(section).findByRole("button", { name: "开始测算" })).toBeDisabled();
  expect(within(section).getByText(/^请先在上面选好基准数据/)).toBeInTheDocument();
});

const analyse = (user: User, section: HTMLElement, name: RegExp) =>
  user.selectOptions(
    within(section).getByRole("combobox", { name: "分析方式" }),
    within(section).getByRole("option", { name }),
  );

async function run(user: User, section: HTMLElement) {
  await user.click(within(section).getByRole("button", { name: "开始测算" }));
  await within(section).findByText("测算完成。");
}

const rowsOf = (table: HTMLElement): (string | null)[][] =>
  [...table.querySelectorAll("tr")].map((row) => [...row.children].map((cell) => cell.textContent));

test("one lever: between the document's own rates, shown with the base and inserted with formats, version and chart", async () => {
  const host = contracts();
  const { user, section } = await openSensitivity(host);
  await analyse(user, section, /一个变量/);
  expect(within(section).getByRole("textbox", { name: "从" })).toHaveValue("30%");
  expect(within(section).getByRole("textbox", { name: "到" })).toHaveValue("60%");
  await fill(user, within(section).getByRole("textbox", { name: "个数" }), "3");
  await run(user, section);
  expect(within(section).getByText("基准的补贴总额：26,000,300.00 元（2600.03 万元）。")).toBeInTheDocument();
  expect(rowsOf(within(section).getByRole("group", { name: "敏感性（一个变量）" }))).toEqual([
    ["比例", "补贴总额", "与基准之差"],
    ["30%", "15,000,300.00", "-11,000,000.00"],
    ["45%", "22,500,450.00", "-3,499,850.00"],
    ["60%", "26,000,600.00", "300.00"],
  ]);
  await user.click(within(section).getByRole("button", { name: "连同图表插入到新工作表" }));
  await within(section).findByText("已插入到“敏感性（一个变量）”。");
  const sheet = host.content["敏感性（一个变量）"]!;
  expect(sheet[1]![0]).toMatch(/^规则版本 \d/);
  expect(sheet[2]![0]).toBe("合计最少约1,500万元（比例30%），最多约2,600万元（比例60%）；现为约2,600万元。");
  expect(sheet.slice(3)).toEqual([
    ["比例", "补贴总额", "与基准之差"],
    [0.3, 15_000_300, -11_000_000],
    [0.45, 22_500_450, -3_499_850],
    [0.6, 26_000_600, 300],
  ]);
});

test("an answer about other rows is not shown as one about these", async () => {
  const { user, section } = await openSensitivity(contracts());
  await run(user, section);
  await fill(user, screen.getByRole("textbox", { name: /数据区域/ }), "合同!A1:E3");
  await screen.findByText(/合同!A1:E3：2 行；算力券。/);
  expect(within(section).queryByText("测算完成。")).not.toBeInTheDocument();
  expect(within(section).queryByRole("list", { name: "敏感性（各因素）" })).not.toBeInTheDocument();
});

test("two levers: a surface of rate and cap", async () => {
  const { user, section } = await openSensitivity(contracts());
  await analyse(user, section, /成本曲面/);
  for (const count of within(section).getAllByRole("textbox", { name: "个数" })) await fill(user, count, "2");
  await run(user, section);
  expect(rowsOf(within(section).getByRole("group", { name: "敏感性（两个变量）" }))).toEqual([
    ["比例＼上限（元）", "10,000,000.00", "30,000,000.00"],
    ["30%", "13,000,300.00", "15,000,300.00"],
    ["60%", "16,000,600.00", "30,000,600.00"],
  ]);
});

test("two levers that are the same are refused in words", async () => {
  const { user, section } = await openSensitivity(contracts());
  await analyse(user, section, /成本曲面/);
  await user.selectOptions(within(section).getByRole("combobox", { name: "横向变量" }), "rate");
  await user.click(within(section).getByRole("button", { name: "开始测算" }));
  await within(section).findByText("两个变量应不同");
});

test("a tornado: the widest bar first, each in words, and those without effect named", async () => {
  const host = contracts();
  const { user, section } = await openSensitivity(host);
  await analyse(user, section, /龙卷风/);
  await run(user, section);
  const bars = within(within(section).getByRole("list", { name: "敏感性（各因素）" })).getAllByRole("listitem");
  expect(bars[0]).toHaveTextContent(/^60%档比例：相差 14,000,000.00 元30%15,000,300.0090%29,000,300.00/);
  expect(bars[1]).toHaveTextContent(/^上限：相差 14,000,000.00 元/);
  expect(bars.map((bar) => bar.textContent)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^比例：相差 11,000,300.00 元30%15,000,300.00/)]),
  );
  expect(within(section).getByText(/^没有影响：A\d\d /)).toBeInTheDocument();
  await user.click(within(section).getByRole("button", { name: "连同图表插入到新工作表" }));
  await within(section).findByText("已插入到“敏感性（各因素）”。");
  const sheet = host.content["敏感性（各因素）"]!;
  expect(sheet[2]![0]).toMatch(/^按各自可能的范围，影响最大的是“60%档比例”：30%与90%之间，合计相差1,400万元；/);
  expect(sheet[3]!.slice(0, 2)).toEqual(["因素", "变动幅度"]);
});

test("a tornado: beside its own range what one per cent of each lever does, tier by tier", async () => {
  const { user, section } = await openSensitivity(contracts());
  await analyse(user, section, /龙卷风/);
  await run(user, section);
  const bars = within(within(section).getByRole("list", { name: "敏感性（各因素）" })).getAllByRole("listitem");
  const of = (name: string) => bars.find((bar) => bar.textContent.startsWith(name))!;
  // 6 million of A grow by 60,000; B stays at its cap of 20 million, C has 3 yuan more. Less: B needs 16.67 % less to leave its cap.
  expect(of("比例：")).toHaveTextContent("每增 1%：+60,003.00 元；每减 1%：-60,003.00 元");
  expect(of("60%档比例：")).toHaveTextContent("每增 1%：+60,000.00 元；每减 1%：-60,000.00 元");
});

test("pairs: for each rate the largest cap that keeps to the sum, a round one, and the sentence", async () => {
  const host = contracts();
  const { user, section } = await openSensitivity(host);
  await analyse(user, section, /两个变量配合/);
  await fill(user, within(section).getByRole("textbox", { name: /目标金额/ }), "1555.5555");
  await fill(user, within(section).getByRole("textbox", { name: "个数" }), "3");
  await run(user, section);
  expect(rowsOf(within(section).getByRole("group", { name: "两个变量的搭配" }))).toEqual([
    ["比例", "上限（元）最高", "补贴总额", "上限（元）取整", "取整后的补贴总额", "取整后余下", "说明"],
    ["30%", "", "", "", "", "", "不受限：最多也只有15,000,300.00 元（1500.03 万元）"],
    ["45%", "11,055,105.00", "15,555,555.00", "11,000,000.00", "15,500,450.00", "55,105.00", ""],
    ["60%", "9,554,955.00", "15,555,555.00", "9,500,000.00", "15,500,600.00", "54,955.00", ""],
  ]);
  expect(
    within(section).getByText(
      /^要使合计不超过约1,556万元（现为约2,600万元）：比例45%时上限最高约1,105万元，比例60%时上限最高约955\.4万元；取整可定比例60%、上限950万元，合计约1,550万元。$/,
    ),
  ).toBeInTheDocument();
  await user.click(within(section).getByRole("button", { name: "连同图表插入到新工作表" }));
  await within(section).findByText("已插入到“两个变量的搭配”。");
  expect(host.content["两个变量的搭配"]!.slice(5)).toEqual([
    [0.45, 11_055_105, 15_555_555, 11_000_000, 15_500_450, 55_105, ""],
    [0.6, 9_554_955, 15_555_555, 9_500_000, 15_500_600, 54_955, ""],
  ]);
});

test("a break-even: the cap that gives a total, what one step more gives, and how fast it grows", async () => {
  const host = contracts();
  const { user, section } = await openSensitivity(host);
  await analyse(user, section, /反推/);
  await fill(user, within(section).getByRole("textbox", { name: /目标金额/ }), "1600.03");
  await run(user, section);
  expect(within(section).getByText("上限为 10,000,000.00 元时，补贴总额正好是 16,000,300.00 元。")).toBeInTheDocument();
  expect(within(section).getByText(/^再高一档（10,000,000.01 元.*16,000,300.01 元/)).toBeInTheDocument();
  expect(within(section).getByText(/上限每提高 1 元，总额增加 1.00 元。$/)).toBeInTheDocument();
  await user.click(within(section).getByRole("button", { name: "插入到新工作表" }));
  await within(section).findByText("已插入到“反推”。");
  expect(host.content["反推"]!.slice(2).map((row) => row.slice(0, 3))).toEqual([
    ["上限为 10,000,000.00 元时，补贴总额正好是 16,000,300.00 元。", "", ""],
    ["目标金额", "上限（元）", "补贴总额"],
    ["目标", "", 16_000_300],
    ["不超过目标的最高值", 10_000_000, 16_000_300],
    ["总额相同的最低值", 10_000_000, 16_000_300],
    ["再高一档", 10_000_000.01, 16_000_300.01],
  ]);
});

test("a total out of reach says how much there is", async () => {
  const { user, section } = await openSensitivity(contracts());
  await analyse(user, section, /反推/);
  await fill(user, within(section).getByRole("textbox", { name: /目标金额/ }), "99999");
  await run(user, section);
  expect(within(section).getByText(/^不可能达到 999,990,000.00 元.*最多 30,000,300.00 元/)).toBeInTheDocument();
});

test.each([
  ["从", "-1%", /比例应在0%至100%之间/],
  ["到", "", /请填写比例/],
  ["个数", "一些", /取值个数应为2至200的整数/],
])("a field “%s” that holds “%s” is refused in words, and nothing runs", async (name, text, words) => {
  const { user, section } = await openSensitivity(contracts());
  await analyse(user, section, /一个变量/);
  const field = within(section).getByRole("textbox", { name });
  await user.clear(field);
  if (text) await fill(user, field, text);
  await user.click(within(section).getByRole("button", { name: "开始测算" }));
  await within(section).findByText(words);
  expect(within(section).queryByText("测算完成。")).not.toBeInTheDocument();
});

describe("the slider", () => {
  async function openSlider(host: FakeWorkbook): Promise<{ user: User; section: HTMLElement }> {
    const { user } = await openSensitivity(host);
    const section = await screen.findByRole("region", { name: "拖动试算" });
    await user.selectOptions(await within(section).findByRole("combobox", { name: "拖动的变量" }), "cap");
    await user.click(within(section).getByRole("button", { name: "读取数据，开始拖动" }));
    await within(section).findByRole("slider");
    return { user, section };
  }
  const move = (section: HTMLElement, place: number) =>
    fireEvent.change(within(section).getByRole("slider"), { target: { value: String(place) } });

  test("follows the finger: the total, the difference and the firms, exact to the fen", async () => {
    const { section } = await openSlider(contracts());
    // From 10 to 30 million yuan, a place for every 200,000.
    move(section, 75);
    await within(section).findByText(
      /^按现行做法，3行合计约2,600万元，3家企业有奖补；“上限 1500 万元”，少付500万元（19%）。$/,
    );
    expect(rowsOf(within(section).getByRole("group", { name: "拖动试算" }))[1]).toEqual([
      "补贴总额",
      "26,000,300.00",
      "21,000,300.00",
      "-5,000,000.00",
    ]);
    move(section, 60);
    await within(section).findByText(/“上限 1200 万元”，少付800万元/);
    // What stands there is the cap's; the slider of a rate begins anew.
    fireEvent.change(within(section).getByRole("combobox", { name: "拖动的变量" }), { target: { value: "rate" } });
    expect(within(section).queryByText(/“上限 1200 万元”/)).not.toBeInTheDocument();
  });

  test("of positions that come at once the last one is answered, and it joins the scenarios", async () => {
    const { user, section } = await openSlider(contracts());
    for (const place of [55, 60, 65, 70]) move(section, place);
    await within(section).findByText(/“上限 1400 万元”/);
    await user.click(within(section).getByRole("button", { name: "加入情景表" }));
    await within(section).findByText("已加入情景表：上限 1400 万元。");
    const table = screen.getByRole("list", { name: "情景表" });
    expect(within(table).getByText(/上限 1400万元/)).toBeInTheDocument();
  });

  test("a range without length is refused in words", async () => {
    const { user, section } = await openSlider(contracts());
    await fill(user, within(section).getByRole("textbox", { name: "到" }), "1000");
    await within(section).findByText("两端应不同");
  });
});
