/** From a quotation to its place, and to the clipboard. */
import { screen, within } from "@testing-library/react";
import { inBinjiang, openPane, openTab } from "./open";

test("the workings lead to the clause: citation, rules of the document, others of the article", async () => {
  const host = inBinjiang({ 表: [[{ formula: '=SUANLI_QUAN(1000000,TRUE,"浙江",2026)', value: 300_000 }]] });
  host.selected = { sheet: "表", address: "A1" };
  const user = await openPane(host);
  await openTab(user, "解释");
  const place = await screen.findByRole("region", { name: "条款与出处" });
  expect(place).toHaveTextContent("（浙政发〔2025〕10号，2025年4月17日）第四部分第（十五）条：“");
  expect(place).toHaveTextContent("从优、就高、不重复");
  await user.click(within(place).getByRole("button", { name: "复制引文" }));
  expect(await within(place).findByText("已复制。")).toBeInTheDocument();
  expect(await navigator.clipboard.readText()).toMatch(/^《浙江省.*”$/);
});
