/** What is wrong in a policy file, in words for whoever wrote it: where, what is wrong, what is accepted. */
import type * as z from "zod/mini";
import type { Text } from "./policy";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** Something wrong: where, and in words. */
export interface Mistake {
  readonly path: Path;
  readonly place: string;
  readonly text: Text;
}

/** What is wrong in a file. `file` is what was read. */
export const mistakesIn = (file: unknown, issues: readonly Issue[]): Mistake[] =>
  issues
    .flatMap((issue) => plain(issue, []))
    .map(({ issue, path }) => {
      const [zh, en] = words(issue, at(file, path));
      return { path, place: placeOf(file, path), text: { zh, en } };
    });

/** One line per mistake, in Chinese and English. */
export const mistakes = (file: unknown, issues: readonly Issue[]): string =>
  mistakesIn(file, issues)
    .map(({ place, text }) => `${place}: ${text.zh} / ${text.en}`)
    .join("\n");

interface Found {
  readonly issue: Issue;
  readonly path: Path;
}

/** Of several forms that something may have, the one is meant that was followed furthest. */
function plain(issue: Issue, before: Path): Found[] {
  const path = [...before, ...issue.path];
  if (issue.code !== "invalid_union" || !issue.errors.length) return [{ issue, path }];
  const forms = issue.errors.map((form) => form.flatMap((inner) => plain(inner, path)));
  const depth = (form: readonly Found[]): number => Math.max(...form.map((found) => found.path.length));
  const best = forms.reduce((one, other) => (depth(other) > depth(one) ? other : one));
  // None was followed at all: what stands there fits no form, except that a word in it may be unknown.
  if (depth(best) > path.length) return best;
  const unknown = forms.flat().find((found) => found.issue.code === "unrecognized_keys");
  return [unknown ?? { issue, path }];
}

function words(issue: Issue, value: unknown): [zh: string, en: string] {
  const shown = shortened(JSON.stringify(value));
  if (value === undefined || value === null) return ["缺少这一项", "is missing"];
  if (issue.code === "unrecognized_keys") {
    const keys = issue.keys.join(", ");
    return [`不认识的词 ${shortened(keys)}`, `unknown word ${shortened(keys)}`];
  }
  if (issue.code === "invalid_value") {
    const accepted = issue.values.map(String).join(", ");
    return [`${shown} 不可用，可用：${accepted}`, `${shown} is not accepted; accepted: ${accepted}`];
  }
  return [
    `${shown} 写法不对（数字写作 1234567、12% 或 5/4，日期写作 1999-12-31，词语见 docs/policy-form.md）`,
    `${shown} is not accepted (numbers are written 1234567, 12% or 5/4, days 1999-12-31; docs/policy-form.md has the words)`,
  ];
}

const MOST_SHOWN = 64;
const shortened = (text: string | undefined): string =>
  text === undefined || text.length <= MOST_SHOWN ? String(text) : `${text.slice(0, MOST_SHOWN)}…`;

const at = (file: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, key) => (value as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key], file);

/** "hz-1-pool, parts 1, limits 2, cap": the instrument by its id, places in a list counted from 1. */
export function placeOf(file: unknown, path: Path): string {
  const inInstrument = path[0] === "instruments" && path.length > 1;
  const id = inInstrument ? at(file, [...path.slice(0, 2), "id"]) : undefined;
  const rest = (id === undefined ? path : path.slice(2)).reduce<string>((text, key) => {
    if (typeof key === "number") return `${text} ${key + 1}`;
    return text ? `${text}, ${String(key)}` : String(key);
  }, "");
  const owner = id ?? at(file, ["document", "id"]);
  return [...(typeof owner === "string" ? [owner] : []), rest].filter(Boolean).join(", ");
}
