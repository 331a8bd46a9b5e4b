/** Words that several sheets of a book say. */
import { readingsOf, type Plan } from "../rules";
import { bracketed } from "../writers/words";

/** "cap_period=firm_year（单家企业每年）": the option taken of each reading. */
export const readingsTaken = ({ entry, readings }: Plan): string[] =>
  Object.entries(readingsOf(entry.instrument)).map(([name, { options }]) => {
    const taken = readings[name]!;
    return `${name}=${taken}${bracketed(options[taken]!.zh, "zh")}`;
  });
