/** The help while a formula is typed. */
import texts from "../../src/functions/functions.zh.json";
import { argumentOf } from "../../src/taskpane/formula";
import { argumentName, descriptions } from "../../src/workbench/help";

const metadata = {
  functions: Object.entries(texts).map(([name, { description, parameters }]) => ({
    id: name,
    name,
    description,
    parameters: Object.entries(parameters as Record<string, string>).map(([argument, words]) => ({
      name: argument,
      description: words,
    })),
  })),
};

test.each(descriptions(metadata, "zh").map((one) => [one.functionName, one.functionParameter] as const))(
  "%s: arguments by Chinese names, no two alike, each with an example that a formula takes",
  (_name, parameters) => {
    const names = parameters.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, example } of parameters) {
      expect(name).toMatch(/\p{Script=Han}/u);
      expect(name).not.toMatch(/[：；，（）]$|[a-z]{3}/);
      // What it is, not what to do with it.
      expect(name).not.toMatch(/^[只先使按将]/);
      expect(["values", "range"]).toContain(argumentOf(example, "表").kind);
    }
  },
);

test("in English the arguments keep the names that the documentation uses", () => {
  const [parameter] = metadata.functions.find(({ name }) => name === "SUANLI_QUAN")!.parameters;
  expect([argumentName(parameter!, "zh"), argumentName(parameter!, "en")]).toEqual(["合同或结算金额", "amount"]);
});

test("examples fit their arguments: a place for a jurisdiction, a year for a year", () => {
  const help = (name: string) => descriptions(metadata, "zh").find(({ functionName }) => functionName === name)!;
  expect(help("SUANLI_QUAN").functionParameter.map(({ example }) => example)).toEqual([
    "C2:C21",
    "D2:D21",
    '"滨江"',
    "2026",
    "E2:E21",
  ]);
});
