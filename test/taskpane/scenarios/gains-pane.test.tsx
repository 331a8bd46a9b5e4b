import { screen, waitFor, within } from "@testing-library/react";
import { catchDownloads } from "../downloads";
import { FakeWorkbook } from "../fake-workbook";
import { fill, openPane, openTab } from "../open";

jest.setTimeout(120_000);

test("from a blank pane: list a scenario, compare it with things as they are, read the sentence, insert the sheet", async () => {
  const host = new FakeWorkbook({
    合同: [
      ["合同", "政策工具", "企业", "amount", "domestic", "区"],
      ["A", "bj-6-suanli", "甲", 10_000_000, "是", "东"],
      ["B", "bj-6-suanli", "乙", 40_000_000, "是", "西"],
      ["C", "bj-6-suanli", "丙", 1_000, "否", "东"],
    ],
  });
  const user = await openPane(host);
  await openTab(user, "情景");
  await fill(user, await screen.findByRole("textbox", { name: /数据区域/ }), "合同!A1:F4");
  await screen.findByText(/合同!A1:F4：3 行/);
  const section = await screen.findByRole("region", { name: "谁多得、谁少得" });
  const button = await within(section).findByRole("button", { name: "比较得失" });
  expect(button).toBeDisabled();
  expect(within(section).getByText("先在上面列出至少一个情景")).toBeInTheDocument();

  await user.selectOptions(screen.getByRole("combobox", { name: "模板" }), "cap");
  await user.click(screen.getByRole("button", { name: "加入模板" }));
  const to = await within(section).findByRole("combobox", { name: "改为" });
  expect(within(to).getAllByRole("option").length).toBeGreaterThan(2);
  await user.click(button);
  expect(
    await within(section).findByText(/^由现行做法改为“.*”，合计少付1,000万元；3家企业中0家多得（共0元），1家少得/),
  ).toBeInTheDocument();
  expect(within(section).getByRole("group", { name: "按“区”" })).toHaveTextContent("东");

  await user.click(within(section).getByRole("button", { name: "插入到新工作表" }));
  await within(section).findByText(/^已插入到“谁多得、谁少得”/);
  const sheet = host.content["谁多得、谁少得"]!;
  expect(sheet.flat()).toContain(-10_000_000);
  expect(sheet[1]![0]).toMatch(/^规则版本/);

  const saved = catchDownloads();
  await user.click(within(section).getByRole("button", { name: "存为可打印的网页（A4）" }));
  await within(section).findByText(/^已存为“谁多得、谁少得.html”/);
  await waitFor(() => expect(saved[0]!.content).toMatch(/由现行做法改为“.*”，合计少付1,000万元/));
  expect(saved[0]!.content).toMatch(/<p class="front">规则版本 .*<p class="front">算力券（.*二（六））：“/);

  // Another question: what was found for the former one is not shown under it.
  await user.selectOptions(to, within(to).getAllByRole("option").at(-1)!);
  expect(within(section).queryByText(/^由现行做法改为/)).not.toBeInTheDocument();
});
