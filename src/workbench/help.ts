/** The help that the engine shows while a formula is typed: arguments by their words, each with an example that it takes. */
import { FunctionType, type IFunctionInfo } from "@univerjs/engine-formula";
import type { Language } from "../host/workbook";
import type { Metadata, Parameter } from "./metadata";

/** What is written in the place of an argument, by its name; texts in the language of the page. */
const EXAMPLES: Readonly<Record<string, string | Readonly<Record<Language, string>>>> = {
  amount: "C2:C21",
  domestic: "D2:D21",
  filed: "TRUE",
  jurisdiction: { zh: '"滨江"', en: '"Binjiang"' },
  jurisdictions: { zh: '{"滨江","杭州"}', en: '{"Binjiang","Hangzhou"}' },
  year: "2026",
  used: "E2:E21",
  service: { zh: '"算力"', en: '"compute"' },
  principal: "C2:C21",
  interest: "D2:D21",
  lpr: "3.5%",
  months: "12",
  investment: "F2:F21",
  instrument: '"bj-6-suanli"',
  headers: "A1:D1",
  values: "A2:D21",
  family: { zh: '"算力券"', en: '"compute-voucher"' },
  option: { zh: '"国产"', en: '"domestic"' },
  objects: "A2:A21",
  awards: "F2:F21",
  award: "F2:F21",
  paid: "G2:G21",
  share: "37%",
  claims: "F2:F21",
  pool: "H1",
  method: { zh: '"按比例"', en: '"proportional"' },
  cap: "H2",
  step: "1000000",
  probability: "G2:G21",
  spread: "0.2",
  scenarios: "J1:L9",
};

/** What an argument is, without what its description goes on to say: "合同或结算金额". */
export const argumentName = ({ name, description = "" }: Parameter, language: Language): string =>
  language === "zh" ? /^[^：；，。]*/.exec(description)![0].replace(/（[^）]*(）|$)$/, "") || name : name;

function example({ name }: Parameter, language: Language): string {
  const found = EXAMPLES[name] ?? "A2:A21";
  return typeof found === "string" ? found : found[language];
}

/** The help texts, for auto-completion and parameter hints. */
export function descriptions(metadata: Metadata, language: Language): IFunctionInfo[] {
  return metadata.functions.map(({ name, description = "", parameters }) => ({
    functionName: name,
    functionType: FunctionType.User,
    description,
    abstract: description,
    functionParameter: parameters.map((parameter) => ({
      name: argumentName(parameter, language),
      detail: parameter.description ?? "",
      example: example(parameter, language),
      require: parameter.optional ? 0 : 1,
      repeat: 0,
    })),
  }));
}
