/** The command line on real servers: the same awards as the file gives, nothing half-done, and words for what is wrong. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { clickhouse, PASSWORD, postgres } from "./servers";

const PROGRAM = path.resolve("dist/cli/butie.cjs");
/** Wherever a message goes: the password is in none of them. */
const said: string[] = [];

const BJ = ["-i", "bj-6-suanli", "-y", "2026"];

describe.each([
  ["ClickHouse, two shards", clickhouse()],
  ["PostgreSQL", postgres()],
])("%s", (what, server) => {
  if (!server) {
    console.log(`SKIPPED: ${what} is not installed here.`);
    test.skip("it is not installed", () => {});
    return;
  }
  afterAll(() => {
    server.close();
    expect(said.join("\n")).not.toContain(PASSWORD);
  });

  const args = (table: string, into: string, more: readonly string[] = BJ): string[] => [
    "run",
    "--engine",
    server.engine,
    ...server.urls.flatMap((url) => ["--url", url]),
    ...["--table", table, "--into", into, ...more],
  ];
  const run = (own: readonly string[]) => {
    const { status, stderr, stdout } = spawnSync(process.execPath, [PROGRAM, ...own], { encoding: "utf8" });
    said.push(stderr, stdout);
    return { status, stderr, stdout };
  };
  const award = server.quoted("补贴金额（元）");
  const results = (into: string): Promise<string[]> =>
    server.ask(
      `SELECT id, ${award}, ${server.quoted("结论")}, ${server.quoted("起作用的限额")} FROM ${server.quoted(into)} ORDER BY id`,
    );
  const clean = async (): Promise<void> =>
    expect(
      (await server.tables()).filter((name) => /butie/.test(name) && !/__butie_(paid|rejected)_/.test(name)),
    ).toEqual([]);

  test("a dirty ledger: the awards and the reasons of the file run, and nothing else is left", async () => {
    const rows = [
      [1, "甲科技（杭州）有限公司", "1200", "是", "x"],
      [2, "甲科技（杭州）有限公司", "3,000.5", "是", "=1+1"],
      [3, "乙公司", "800.1234567", "否", ""],
      [4, "乙公司", "", "否", ""],
      [5, "丙", "-5", "否", ""],
      [6, "丁", "1e3", "是", ""],
      [8, "己", "100", "", ""],
      [9, "小计", "5000", "是", ""],
      [10, "", "5000", "是", ""],
      [11, "庚", "5000", "也许", ""],
      [12, "辛", "99999999999999", "是", ""],
      [13, "壬", "0.000001", "否", ""],
    ];
    await server.fill("ledger", ["id", "申请单位", "合同金额（万元）", "是否国产算力", "备注"], rows);
    const { status, stderr } = run(args("ledger", "awards"));
    expect(stderr).toContain("12 行，其中 2 行有补贴，合计 20,000,000.00 元；退回 9 行");
    expect(stderr).toContain("未用到的列：备注");
    expect(status).toBe(3);
    expect(await results("awards")).toEqual([
      "1\t7200000.00\t可获\t合计",
      "2\t12800000.00\t可获\t上限",
      "13\t0.00\t可获\t合计",
    ]);
    const reasons = await server.ask(`SELECT id, ${server.quoted("原因")} FROM awards_rejects ORDER BY id`);
    expect(reasons.map((line) => line.replace(/“.*/, ""))).toEqual([
      "3\t上一年度结算费用：",
      "4\t输入不全：上一年度结算费用",
      "5\t上一年度结算费用：金额不能为负：",
      "6\t上一年度结算费用：",
      "8\t输入不全：国产算力",
      "9\t",
      "10\t企业为空，而其他行有企业",
      "11\t国产算力：",
      "12\t上一年度结算费用：金额过大，无法精确到分：",
    ]);
    await clean();
  });

  test("a result that stands is not touched, unless it is to be replaced; --column names what a column holds", async () => {
    await server.fill("named", ["id", "org", "jine", "gc"], [[1, "甲", "100", "1"]]);
    const meanings = ["--column", "企业=org", "--column", "amount=jine", "--column", "domestic=gc"];
    expect(run([...args("named", "twice"), ...meanings]).status).toBe(0);
    const again = run([...args("named", "twice"), ...meanings]);
    expect(again.stderr).toMatch(/已有表“twice”.*--replace/);
    expect(again.status).toBe(1);
    expect(run([...args("named", "twice"), ...meanings, "--replace"]).status).toBe(0);
    expect(await results("twice")).toEqual(["1\t60.00\t可获\t合计"]);
    await clean();
  });

  test("names of tables, columns and firms are names, whatever they hold", async () => {
    const evil = `x'"; DROP TABLE victims; --\\`;
    await server.fill("victims", ["id", "a"], []);
    await server.fill(
      evil,
      ["id", evil, "金额", "国产"],
      [
        [1, evil, "1000", "是"],
        [2, evil, "30000000", "是"],
        [3, `\\'); DROP TABLE victims; --`, "1000", "是"],
      ],
    );
    const into = `out${evil}`;
    const { status, stderr } = run([...args(evil, into), "--column", `firm=${evil}`]);
    expect(stderr).toContain("3 行，其中 3 行有补贴，合计 18,001,200.00 元");
    expect(status).toBe(0);
    expect(await server.ask(`SELECT count(*) FROM ${server.quoted(into)}`)).toEqual(["3"]);
    expect(await server.tables()).toContain("victims");
    await clean();
  });

  test("each row by its own instrument; one object is paid once, by the higher", async () => {
    await server.fill(
      "mixed",
      ["id", "企业", "政策工具", "对象", "金额", "国产"],
      [
        [1, "甲", "bj-6-suanli", "合同一", "1000000", "是"],
        [2, "甲", "zj-15-suanli", "合同一", "1000000", "是"],
        [3, "甲", "zj-15-suanli", "合同二", "1000000", "否"],
        [4, "乙", "nowhere", "合同三", "1000000", "否"],
      ],
    );
    const { status, stderr } = run(args("mixed", "mixed_awards", ["-y", "2026"]));
    expect(stderr).toContain("没有编号为“nowhere”的政策工具");
    expect(status).toBe(3);
    const paid = await results("mixed_awards");
    expect(paid.map((line) => line.split("\t").slice(0, 3).join(" "))).toEqual([
      "1 600000.00 可获",
      "2 0.00 不符合条件",
      "3 100000.00 可获",
    ]);
    await clean();
  });

  test.each<[string, () => string[] | Promise<string[]>, RegExp]>([
    [
      "a server that is not there",
      () => args("ledger", "o").map((arg) => arg.replace(/:\d+(\/|$)/, ":1$1")),
      /127\.0\.0\.1:1：连接被拒绝/,
    ],
    ["a wrong password", () => args("ledger", "o").map((arg) => arg.replace(PASSWORD, "falsch")), /用户名或密码不对/],
    [
      "no address",
      () => args("ledger", "o").map((arg) => (arg.includes("//") ? `x${PASSWORD}` : arg)),
      /--url 不是服务器地址/,
    ],
    [
      "another kind of address",
      () => args("ledger", "o").map((arg) => arg.replace(/^\w+:\/\//, "ftp://")),
      /--url 应以/,
    ],
    ["no such table", () => args("ledgers", "o"), /没有表“.*ledgers”/],
    ["no column of row numbers", () => [...args("ledger", "o"), "--row", "nr"], /没有行号列“nr”/],
    ["row numbers that are texts", () => [...args("ledger", "o"), "--row", "备注"], /行号列“备注”的类型是/],
    [
      "no column of an input",
      async () => {
        await server.fill("poor", ["id", "企业", "合同已认定登记"], [[1, "甲", "是"]]);
        return args("poor", "o", ["-i", "bj-9-chuangxin", "-y", "2026"]);
      },
      /还缺必填的列：技术合同金额/,
    ],
    [
      "a column that is named and is not there",
      () => [...args("ledger", "o"), "--column", "amount=betrag"],
      /没有列“betrag”/,
    ],
    [
      "row numbers that repeat",
      async () => {
        await server.fill(
          "repeated",
          ["id", "企业", "金额", "国产"],
          [
            [1, "甲", "1", "是"],
            [1, "甲", "1", "是"],
          ],
        );
        return args("repeated", "o");
      },
      /行号列“id”有空白、重复或负数/,
    ],
  ])("%s is refused in words", async (_what, own, words) => {
    const { status, stderr } = run(await own());
    expect(stderr).toMatch(words);
    expect(status).toBe(1);
    expect((await server.tables()).filter((name) => name === "o")).toEqual([]);
    await clean();
  });

  const MANY = 100_000;
  const many = async (): Promise<void> => {
    if ((await server.tables()).includes("many")) return;
    await server.fill("many", ["id", "企业", "金额", "国产"], []);
    await server.ask(
      server.engine === "clickhouse"
        ? `INSERT INTO many SELECT toInt64(number), concat('企业', toString(intDiv(number, 10)), '有限公司'), toString(number % 977 + 0.5), '是' FROM numbers(${MANY})`
        : `INSERT INTO many SELECT n, concat('企业', n / 10, '有限公司'), concat(n % 977, '.5'), '是' FROM generate_series(0, ${MANY - 1}) AS n`,
    );
  };
  const started = (into: string, when: RegExp, then: () => void) => {
    const child = spawn(process.execPath, [PROGRAM, ...args("many", into)]);
    let stderr = "";
    let done = false;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      said.push(text);
      if (done || !when.test(stderr)) return;
      done = true;
      then();
    });
    return { child, closed: once(child, "close").then(([code]) => ({ code: code as number | null, stderr })) };
  };

  test.each([/连接/, /识别/, /计算/, /写出/])("Ctrl-C at %s leaves no result and nothing else", async (when) => {
    await many();
    const { child, closed } = started("stopped", when, () => child.kill("SIGINT"));
    const { code, stderr } = await closed;
    expect(stderr).toContain("已中断");
    expect(code).toBe(130);
    expect((await server.tables()).filter((name) => name === "stopped")).toEqual([]);
    await clean();
  });

  test("a server that dies half-way: words within seconds, no result; the next run takes away what is left, and succeeds", async () => {
    await many();
    let killed = 0;
    const { closed } = started("later", /计算/, () => {
      killed = Date.now();
      server.kill();
    });
    const { code, stderr } = await closed;
    expect(Date.now() - killed).toBeLessThan(20_000);
    expect(stderr).toMatch(/127\.0\.0\.1:\d+：(连接|服务|没有响应)/);
    expect(code).toBe(1);
    await server.start();
    expect((await server.tables()).filter((name) => /^later(_rejects)?$/.test(name))).toEqual([]);
    expect(run(args("many", "later")).status).toBe(0);
    expect(await server.ask(`SELECT count(*) FROM later`)).toEqual([String(MANY)]);
    await clean();
  });

  if (server.engine === "clickhouse") {
    test("rows of a firm on two shards are refused, with the firm; a shard left out, one given twice", async () => {
      const [first, second] = server.urls as [string, string];
      const only = (urls: readonly string[], table: string): string[] => [
        ...["run", "--engine", "clickhouse", ...urls.flatMap((url) => ["--url", url])],
        ...["--table", table, "--into", "o", ...BJ],
      ];
      await server.fill("split", ["id", "firm"], []);
      await server.ask(
        `CREATE TABLE apart_local (id Int64, firm String, amount Decimal(18, 2), domestic UInt8) ENGINE = MergeTree ORDER BY id`,
        `CREATE TABLE apart AS apart_local ENGINE = Distributed('all', 'default', 'apart_local', id)`,
        `INSERT INTO apart SELECT toInt64(number), '甲', toDecimal64(100, 2), 1 FROM numbers(10)`,
      );
      expect(run(only([first, second], "apart")).stderr).toMatch(/同一企业的行分在几个分片上，如“甲”/);
      expect(run(only([first], "apart")).stderr).toMatch(/集群“all”有 2 个分片.*--url 有 1 个/);
      expect(run(only([first, first], "apart")).stderr).toMatch(/同一台服务器/);
      expect(run(only([first, second], "apart_local")).stderr).toMatch(/不是 Distributed 表/);
      await clean();
    });
  }
});
