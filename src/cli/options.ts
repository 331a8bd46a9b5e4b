/** What arguments of the command line name. */
import { readingsOf, refuse, type Entry, type Language, type Plan } from "../rules";
import { choiceIn, readEntry, Unread } from "../tables";

/** "name=option", several times, of any of the instruments. @throws Refusal that lists the readings or the options */
export function readingsFrom(entries: readonly Entry[], list: readonly string[]): Record<string, string> {
  const known = Object.assign({}, ...entries.map(({ instrument }) => readingsOf(instrument))) as ReturnType<
    typeof readingsOf
  >;
  return Object.fromEntries(
    list.map((text) => {
      const [name = "", option = ""] = text.split(/=(.*)/s);
      const reading = known[name];
      if (!reading) {
        const names = Object.keys(known).join("、");
        throw refuse(`没有读法“${name}”，可用：${names}`, `no reading ${name}; there are: ${names}`);
      }
      const found = choiceIn(reading.options, option);
      if (found instanceof Unread) throw refuse(found.zh, found.en);
      return [name, found];
    }),
  );
}

/** The inputs that a table has, by its columns of the same names. @throws Refusal that lists the inputs */
export function columnsFrom(plan: Plan, names: readonly string[]): Record<string, string> {
  const known = Object.keys(plan.inputs);
  return Object.fromEntries(
    names.map((name) => {
      if (!known.includes(name))
        throw refuse(
          `没有输入“${name}”，可用：${known.join("、")}`,
          `no input ${name}; there are: ${known.join(", ")}`,
        );
      return [name, name];
    }),
  );
}

/** "a.b.c" by its parts. @throws Refusal where one of them is empty */
export function tableParts(name: string): string[] {
  const parts = name.split(".");
  if (parts.includes("")) throw refuse(`表名不完整：“${name}”`, `${name} is no name of a table`);
  return parts;
}

/** @throws Refusal for an instrument that is no pool with an amount */
export function readPool(id: string): Entry {
  const entry = readEntry(id);
  if (!entry.instrument.budget?.amount) throw refuse(`${id} 不是写明金额的资金池`, `${id} is no pool with an amount`);
  return entry;
}

/** Words for people: Chinese, unless English is asked for. */
export const languageOf = ({ en }: { readonly en?: boolean }): Language => (en ? "en" : "zh");
