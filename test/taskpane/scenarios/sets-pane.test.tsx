/** Named sets of scenarios in the pane: kept on a sheet, run, and run again after the contracts changed. */
import { screen, within } from "@testing-library/react";
import { FakeWorkbook } from "../fake-workbook";
import { fill, openPane, openTab } from "../open";

jest.setTimeout(120_000);

const HEAD = ["合同", "政策工具", "企业", "amount", "domestic"];
const contracts = () =>
  new FakeWorkbook({
    合同: [
      HEAD,
      ["A", "zj-15-suanli", "甲", 1_000_000, "是"],
      ["B", "zj-15-suanli", "乙", 2_000_000, "是"],
      ["", "", "", "", ""],
    ],
    情景: [
      ["情景", "比例"],
      ["减半", "15%"],
    ],
  });

async function openSets(host: FakeWorkbook) {
  const user = await openPane(host);
  await openTab(user, "情景");
  await fill(user, await screen.findByRole("textbox", { name: /数据区域/ }), "合同!A1:E9");
  await screen.findByText(/2 行；算力券。/);
  await fill(user, screen.getByRole("textbox", { name: /情景表在工作簿中的区域/ }), "情景!A1:B2");
  await user.click(screen.getByRole("button", { name: "从区域读取" }));
  const section = await screen.findByRole("region", { name: "情景集" });
  await within(section).findByRole("button", { name: "保存上面的情景表" });
  const click = async (name: string, said: string | RegExp) => {
    await user.click(within(section).getByRole("button", { name }));
    await within(section).findByText(said);
  };
  const call = (name: string) => fill(user, within(section).getByRole("textbox", { name: "名称" }), name);
  return { user, section, click, call };
}

test("a set is saved, copied, renamed, opened and deleted; the sheet holds it", async () => {
  const host = contracts();
  const { section, click, call } = await openSets(host);
  await click("保存上面的情景表", "请给情景集起个名字");
  await call("收紧");
  await click("保存上面的情景表", "已保存“收紧”，在工作表“情景集”上。");
  expect(host.content["情景集"]).toEqual([
    ["情景集", "情景", "比例", "上次补贴总额", "上次实付", "上次数据"],
    ["收紧", "（现行做法）", "", "", "", ""],
    ["收紧", "减半", 0.15, "", "", ""],
  ]);
  await click("复制一份", /^已复制为“收紧/);
  await call("收紧");
  await click("改名", "已有情景集“收紧”");
  await call("另一集");
  await click("改名", "已改名为“另一集”。");
  expect(host.content["情景集"]!.map(([name]) => name)).toEqual(["情景集", "收紧", "收紧", "另一集", "另一集"]);
  await click("打开", "“另一集”已填入情景表。");
  await click("删除", "已删除“另一集”。");
  expect(host.content["情景集"]!.map(([name]) => name)).toEqual(["情景集", "收紧", "收紧", "", ""]);
  expect(within(section).getByRole("combobox", { name: "已存的情景集" })).toHaveTextContent("收紧（1个情景，未运行）");
});

test("run, noted, and run again after the contracts changed: what moved, because of which rows", async () => {
  const host = contracts();
  const { user, section, click, call } = await openSets(host);
  await call("收紧");
  await click("保存上面的情景表", /^已保存/);
  await click("运行并记下结果", /^已记下“收紧”的结果；本次数据存于工作表“收紧 上次数据”/);
  const noted = [
    ["收紧", "（现行做法）", "", 900_000, 900_000, "收紧 上次数据"],
    ["收紧", "减半", 0.15, 450_000, 450_000, ""],
  ];
  expect(host.content["情景集"]!.slice(1)).toEqual(noted);
  // Saved again, scenarios that stayed as they were keep what they came to.
  await click("保存上面的情景表", /^已保存/);
  expect(host.content["情景集"]!.slice(1)).toEqual(noted);
  expect(within(section).getByRole("group", { name: "各集上次结果并排" })).toHaveTextContent("减半450,000.00");
  await click("并排结果写到新工作表", "已插入到“各集上次结果并排”。");
  expect(host.content["各集上次结果并排"]!.slice(3, 6)).toEqual([
    ["情景", "收紧"],
    ["现行做法", 900_000],
    ["减半", 450_000],
  ]);
  host.content["合同"]![1]![3] = 2_000_000;
  host.content["合同"]![3] = ["C", "zj-15-suanli", "丙", 3_000_000, "是"];
  await user.click(within(section).getByRole("button", { name: "重新运行，与上次比较" }));
  await within(section).findByText(
    "与上次运行相比，新增1行、去掉0行、改动1行；现行做法合计由90万元变为210万元（新增的行+90万元，改动的行+30万元）；情景中变化最大的是“减半”（+60万元）。",
  );
  expect(within(section).getByRole("group", { name: "变动最大的行（现行做法）" })).toHaveTextContent(
    /C · 丙900,000\.00/,
  );
  await user.click(within(section).getByRole("button", { name: "插入到新工作表" }));
  await within(section).findByText("已插入到“与上次运行相比”。");
  // Noted again, the next comparison begins from here.
  await click("运行并记下结果", /^已记下/);
  expect(host.content["收紧 上次数据"]).toHaveLength(4);
  await user.click(within(section).getByRole("button", { name: "重新运行，与上次比较" }));
  await within(section).findByText("与上次运行相比，数据没有变动，各情景合计都与上次相同。");
});

test("a set that was worked on on its sheet is run, copied and opened as it stands there", async () => {
  const host = contracts();
  const { section, click, call } = await openSets(host);
  await call("收紧");
  await click("保存上面的情景表", /^已保存/);
  host.content["情景集"]!.splice(2, 0, ["收紧", "三分之一", 0.1, "", "", ""]);
  await click("运行并记下结果", /^已记下/);
  const scenarios = () => host.content["情景集"]!.slice(1).map((row) => row.slice(1, 4));
  const worked = [
    ["（现行做法）", "", 900_000],
    ["三分之一", 0.1, 300_000],
    ["减半", 0.15, 450_000],
  ];
  expect(scenarios()).toEqual(worked);
  host.content["情景集"]![2]![2] = 0.2;
  await click("复制一份", /^已复制/);
  expect(scenarios().slice(3)).toEqual([
    ["（现行做法）", "", ""],
    ["三分之一", 0.2, ""],
    ["减半", 0.15, ""],
  ]);
  host.content["情景集"]!.splice(4);
  await click("打开", /^工作表上已没有情景集“收紧/);
  expect(within(section).getByRole("combobox", { name: "已存的情景集" })).toHaveTextContent(/^收紧/);
});

test("remarks behind a blank column stay, and a sheet that was spoilt is refused in words", async () => {
  const host = contracts();
  const { user, section, click, call } = await openSets(host);
  await call("收紧");
  await click("保存上面的情景表", /^已保存/);
  await click("运行并记下结果", /^已记下/);
  host.content["情景集"]![1]![7] = "备注";
  await click("复制一份", /^已复制/);
  expect(host.content["情景集"]![1]![7]).toBe("备注");
  host.content["收紧 上次数据"]![0]![0] = "改了";
  await user.selectOptions(within(section).getByRole("combobox", { name: "已存的情景集" }), "收紧");
  await click("重新运行，与上次比较", "上次运行的数据表已被改动，无法比较");
});
