/** What arguments of the command line name. */
import { readingsOf, refuse, type Claim, type Entry, type Language } from "../rules";
import { choiceIn, readClaim, readEntry, Unread } from "../tables";

export const entryIn = (id: string): Entry => readEntry(id);

/** A year or a day. There is no clock in the rules: who asks names it. @throws Refusal */
export const claimAt = (text: string): Claim => readClaim(text);

/** "name=option", several times. @throws Refusal that lists the readings or the options */
export function readingsFrom(entry: Entry, list: readonly string[]): Record<string, string> {
  const known = readingsOf(entry.instrument);
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

/** Words for people: Chinese, unless English is asked for. */
export const languageOf = ({ en }: { readonly en?: boolean }): Language => (en ? "en" : "zh");
