/** The user's own policies on the command line: read for every command, checked by a command of their own, and their schema. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { Option, type Command } from "commander";
import {
  CATALOGUE,
  isOwn,
  ownSchema,
  planOf,
  readOwnPolicies,
  Refusal,
  refuse,
  setOwnPolicies,
  type OwnReading,
  idOf,
  versionsIn,
} from "../rules";
import { decode, encodingOf } from "../host/encoding";
import { capWords, rateWords } from "../writers/terms";
import { unreadable } from "./files";
import { jsonOption, repeated } from "./shell";
import { both, columnsOf } from "./words";

const STANDARD_INPUT = "-";
const IS_POLICY_FILE = /\.(ya?ml|json)$/i;

/** `check FILE.yaml` means the check of policies, and `check -` too where no year is given, without which no claims are checked. */
export function routed(args: readonly string[]): string[] {
  const [command, ...rest] = args;
  const isFile = (text: string): boolean => !text.startsWith("-") && IS_POLICY_FILE.test(text);
  const isStream = rest.includes(STANDARD_INPUT) && !rest.some((text) => /^(-y|--year)/.test(text));
  const isCheck = command === "check" && (isStream || rest.some(isFile));
  return [
    ...(isCheck && !rest.some((text) => /^(-i|--instrument)/.test(text)) ? ["policies"] : args.slice(0, 1)),
    ...rest,
  ];
}

/** Every command that was added before takes `--policies`. */
export function addPolicies(program: Command, print: (text: string) => void): void {
  for (const command of program.commands)
    command.addOption(
      new Option(
        "--policies <file>",
        both(
          "自拟政策（YAML 或 JSON），可多次；- 为标准输入",
          "own policies (YAML or JSON), repeatable; - is standard input",
        ),
      ).argParser(repeated),
    );
  program.hook("preAction", async (_program, command) => {
    const { policies = [] } = command.opts<{ policies?: string[] }>();
    if ([...policies, ...command.args].filter((file) => file === STANDARD_INPUT).length > 1)
      throw refuse("标准输入只能读一次：两处都写了 -", "standard input can be read once: - stands twice");
    setOwnPolicies(await readPolicies(policies));
  });

  program
    .command("policies")
    .description(
      both("检查自拟政策文件；也可写作 check 文件.yaml", "checks files of own policies; check FILE.yaml does the same"),
    )
    .argument("<files...>", both("YAML 或 JSON；- 为标准输入", "YAML or JSON; - is standard input"))
    .addOption(jsonOption())
    .action(async (files: string[], { json }: { json?: boolean }) => {
      setOwnPolicies(await readPolicies(files));
      const rows = CATALOGUE.filter(isOwn)
        .flatMap(versionsIn)
        .map((entry) => {
          const plan = planOf(entry, { year: Number(entry.document.window.from.slice(0, 4)) });
          return {
            id: idOf(entry),
            name: entry.instrument.name.zh,
            rate: rateWords(plan, "zh"),
            cap: capWords(plan, "zh"),
          };
        });
      if (json) return print(JSON.stringify(rows));
      print(both(`没有错误，${rows.length} 项政策工具可用`, `no mistakes; ${rows.length} instruments`));
      print(columnsOf(rows.map(({ id, name, rate, cap }) => [id, name, [rate, cap].filter(Boolean).join("；")])));
    });

  program
    .command("schema")
    .description(both("自拟政策的 JSON Schema，供编辑器补全", "JSON Schema of own policies, for editors"))
    .action(() => print(JSON.stringify(ownSchema(), null, 2)));
}

/** @throws Refusal with a line for each mistake, or where a file cannot be read */
async function readPolicies(files: readonly string[]): Promise<OwnReading> {
  const texts = await Promise.all(
    files.map(async (name) => {
      const bytes = await (name === STANDARD_INPUT ? buffer(process.stdin) : readFile(name)).catch((error: Error) => {
        throw unreadable(name, error);
      });
      return { name, text: decode(bytes, encodingOf(bytes)) };
    }),
  );
  const reading = readOwnPolicies(texts);
  if (!reading.found.length) return reading;
  const lines = (language: "zh" | "en") =>
    reading.found
      .map(({ name, line, place, text }) =>
        [`${name}${line === undefined ? "" : `:${line}`}`, place, text[language]].filter(Boolean).join("  "),
      )
      .join("\n");
  throw new Refusal("value", { zh: `自拟政策有误\n${lines("zh")}\n`, en: `mistakes in own policies\n${lines("en")}` });
}
