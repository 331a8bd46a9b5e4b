/** Words, not codes: what is written in Chinese about an instrument shows no name that stands only in the policy files. */
import { award, CATALOGUE, planOf, readingsOf } from "../../src/rules";
import { SCENARIO_COLUMNS } from "../../src/tables";
import { citation, documentRules } from "../../src/writers/citation";
import { workingPaper } from "../../src/writers/explain";
import { termsOf } from "../../src/writers/terms";

const CODE =
  /[a-z]+_[a-z_]+|\b[a-z]{2}\d*-[\d.]+-[a-z]+|\b\w+=\w+|zhejiang|hangzhou|binjiang|\b(true|false|both|off|on)\b/i;
const claim = { year: 2026 };

function* wordsAbout(entry: (typeof CATALOGUE)[number]): Generator<string> {
  // The id is a term of its own: BUTIE asks for it.
  for (const { label, value } of termsOf(entry, claim, "zh")) yield label === "编号" ? label : `${label}：${value}`;
  yield citation(entry, "zh");
  for (const { label, value } of documentRules(entry, "zh")) yield `${label}：${value}`;
  const { lines, remarks } = workingPaper(award(planOf(entry, claim), {}), {}, "zh");
  for (const { label, computation } of lines) yield `${label} ${computation}`;
  for (const { label, value } of remarks) yield `${label}：${value}`;
  for (const { doubt, why, options } of Object.values(readingsOf(entry.instrument)))
    yield [doubt, why, ...Object.values(options)].map(({ zh }) => zh).join(" ");
  for (const { zh } of Object.values(entry.instrument.inputs ?? {})) yield zh;
}

test("no Chinese words about an instrument show a code", () => {
  const shown = CATALOGUE.flatMap((entry) => [...wordsAbout(entry)]);
  expect(shown.length).toBeGreaterThan(CATALOGUE.length * 5);
  expect(shown.filter((words) => CODE.test(words))).toEqual([]);
});

test("nor do the columns of a table of scenarios", () => {
  const shown = SCENARIO_COLUMNS.flatMap(({ zh, help, options = {} }) => [
    zh,
    help.zh,
    ...Object.values(options).map((option) => option.zh),
  ]);
  expect(shown.filter((words) => CODE.test(words))).toEqual([]);
});
