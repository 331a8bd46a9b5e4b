/** The functions with the user's own policies: computed by their ids, always marked, and refused in words where they cannot be. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readOwnPolicies, setOwnPolicies } from "../../src/rules";
import { across, down, functions, messages, NA, one, shown } from "./called";

const SMALL = readFileSync(join(__dirname, "../rules/own/small.yaml"), "utf8");
const take = (text: string) => setOwnPolicies(readOwnPolicies([{ name: "自拟政策", text }]));
const OWN = "自拟政策，非官方文本";
const { butie, explain, list, terms, clause, pool, best } = functions;
const computed = () =>
  butie(one("my-suanli"), across("企业", "合同金额", "国产算力"), [["甲", 1000000, true]], one(2026));

afterEach(() => setOwnPolicies(undefined));

test("an own id computes like any other, and its status is shown everywhere", () => {
  take(SMALL);
  expect(computed()).toEqual(one(250000));
  // The firm's yearly cap is shared by its rows.
  const rows = [
    ["甲", 20000000, true],
    ["甲", 20000000, true],
  ];
  expect(butie(one("my-suanli"), across("企业", "合同金额", "国产算力"), rows, one(2026))).toEqual(
    down(5000000, 100000),
  );
  expect(explain(one("my-suanli"), across("合同金额"), one(1000000)).flat()).toContain(OWN);
  expect(terms(one("my-suanli"))).toContainEqual(["状态", OWN]);
  expect(list(one("深圳"), one(2026)).flat()).toContain(OWN);
  expect(clause(one("my-suanli"))[0]![0]).toBe(`某市算力券试行办法，${OWN}，自拟`);
  expect(pool(one("my-suanli"))).toEqual(one(7000000));
  expect(best(one("算力券"), across("合同金额", "国产算力"), [[1000000, true]], undefined, one("深圳"))[0]).toEqual([
    250000,
    "my-suanli",
  ]);
});

test("before the sheet was read the words say so; afterwards the id is only unknown", () => {
  expect(shown(computed())).toEqual(one(NA));
  expect(messages(computed())[0]).toMatch(/没有编号为“my-suanli”的政策工具.*“自拟政策”表尚未读入/);
  setOwnPolicies({ policies: [], mistakes: new Map() });
  expect(messages(computed())[0]).toMatch(/没有编号为“my-suanli”的政策工具，可用 BUTIE.LIST 查看目录$/);
});

test("an own policy with a mistake gives its words, never a number", () => {
  take(SMALL.replace("is: 25%", "is: 25"));
  expect(shown(computed())).toEqual(one(NA));
  expect(messages(computed())[0]).toMatch(/自拟政策“my-suanli”有误，不能计算：比例大于 100%/);
  take(SMALL);
  expect(computed()).toEqual(one(250000));
});
