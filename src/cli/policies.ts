/** The user's own policies on the command line: read for every command, checked by a command of their own, and their schema. */
import { readFile } from "node:fs/promises";
import { Option, type Command } from "commander";
import {
  CATALOGUE,
  isOwn,
  ownSchema,
  planOf,
  readOwnPolicies,
  Refusal,
  setOwnPolicies,
  type OwnReading,
  idOf,
  versionsIn,
} from "../rules";
import { capWords, rateWords } from "../writers/terms";
import { both, columnsOf } from "./words";

const IS_POLICY_FILE = /\.(ya?ml|json)$/i;

/** `check FILE.yaml` means the check of policies; that of claims needs an instrument and a year. */
export function routed(args: readonly string[]): string[] {
  const [command, ...rest] = args;
  const isCheck = command === "check" && rest.some((text) => !text.startsWith("-") && IS_POLICY_FILE.test(text));
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
        both("自拟政策（YAML 或 JSON），可多次", "own policies (YAML or JSON), repeatable"),
      ).argParser((value: string, before: string[] = []) => [...before, value]),
    );
  program.hook("preAction", async (_program, command) => {
    const { policies = [] } = command.opts<{ policies?: string[] }>();
    setOwnPolicies(await readPolicies(policies));
  });

  program
    .command("policies")
    .description(
      both("检查自拟政策文件；也可写作 check 文件.yaml", "checks files of own policies; check FILE.yaml does the same"),
    )
    .argument("<files...>", both("YAML 或 JSON", "YAML or JSON"))
    .action(async (files: string[]) => {
      setOwnPolicies(await readPolicies(files));
      const rows = CATALOGUE.filter(isOwn)
        .flatMap(versionsIn)
        .map((entry) => {
          const plan = planOf(entry, { year: Number(entry.document.window.from.slice(0, 4)) });
          return [
            idOf(entry),
            entry.instrument.name.zh,
            [rateWords(plan, "zh"), capWords(plan, "zh")].filter(Boolean).join("；"),
          ];
        });
      print(both(`没有错误，${rows.length} 项政策工具可用`, `no mistakes; ${rows.length} instruments`));
      print(columnsOf(rows));
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
      const bytes = await readFile(name).catch((error: NodeJS.ErrnoException) => {
        throw new Refusal("value", { zh: `读不到 ${name}（${error.code}）`, en: `${name} cannot be read` });
      });
      return { name, text: textOf(bytes) };
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

/** In UTF-8; a mark at the beginning is no part of the text. */
const textOf = (bytes: Uint8Array): string => new TextDecoder("utf-8").decode(bytes);
