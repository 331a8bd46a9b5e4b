/** Reads policies that a user wrote, YAML or JSON: those that can be computed, and of the others what is wrong, in words. */
import {
  BUILT_IN,
  CATALOGUE,
  JURISDICTIONS,
  ownPolicies,
  POLICIES,
  setOwnPolicies,
  spellings,
  type OwnPolicies,
  type OwnPolicy,
} from "../law/catalogue";
import { mistakesIn, placeOf, type Mistake } from "../law/mistake";
import type { Jurisdiction, Text } from "../law/policy";
import { completed, OwnForm } from "./form";
import { documentMistakes, instrumentMistakes, planMistakes } from "./meaning";
import { parsePolicies, Unreadable, type Parsed } from "./text";

/** A text with the name under which its mistakes are told. */
export interface PolicyText {
  readonly name: string;
  readonly text: string;
}

/** What is wrong: in which text, on which line (from 1), at which place of the policy. */
export interface OwnMistake {
  readonly name: string;
  readonly line?: number;
  readonly place: string;
  readonly text: Text;
}

/** What was read: ready for setOwnPolicies, with all that is wrong. */
export interface OwnReading extends OwnPolicies {
  readonly found: readonly OwnMistake[];
}

interface Candidate {
  readonly name: string;
  readonly parsed: Parsed;
  readonly policy: OwnPolicy;
  readonly wrong: (text: Text, path?: Mistake["path"]) => void;
}

/** Leaves the catalogue as it is. Nothing is thrown: whatever a text holds, it is read or refused in words. */
export function readOwnPolicies(texts: readonly PolicyText[]): OwnReading {
  const found: OwnMistake[] = [];
  const mistakes = new Map<string, Text>();
  const refuseIds = (ids: readonly string[], text: Text): void =>
    ids.forEach((id) => mistakes.has(id) || mistakes.set(id, text));
  const candidates = texts.flatMap(({ name, text }) =>
    parsePolicies(text).flatMap((parsed): Candidate[] => {
      if (parsed instanceof Unreadable) {
        found.push({ name, ...(parsed.line !== undefined && { line: parsed.line }), place: "", text: parsed.text });
        refuseIds(idsInText(text), parsed.text);
        return [];
      }
      const file = completed(parsed.value);
      const read = OwnForm.safeParse(file);
      const tell = (mistake: Mistake): void => {
        found.push({ name, line: parsed.lineOf(mistake.path), place: mistake.place, text: mistake.text });
        refuseIds(idsIn(file), mistake.text);
      };
      if (!read.success) {
        mistakesIn(file, read.error.issues).forEach(tell);
        return [];
      }
      const wrong: Candidate["wrong"] = (text, path = []) => tell({ path, place: placeOf(file, path), text });
      // As it was written: the order of tests is the order of the words.
      return [{ name, parsed, policy: file as OwnPolicy, wrong }];
    }),
  );
  const policies = checked(candidates);
  // What is usable under one id is not refused under it: the second of two is, and told.
  const usable = new Set(policies.flatMap(({ instruments }) => instruments.map(({ id }) => id)));
  for (const id of [...usable, ...BUILT_IN.map(({ instrument }) => instrument.id)]) mistakes.delete(id);
  return { policies, mistakes, found };
}

/** Those without mistakes. Whoever names one that has a mistake has one, too. */
function checked(candidates: readonly Candidate[]): OwnPolicy[] {
  const before = ownPolicies();
  try {
    let good = withoutRepetition(candidates);
    for (;;) {
      const policies = good.map(({ policy }) => policy);
      setOwnPolicies({ policies, mistakes: new Map() });
      const left = good.filter(isSound);
      if (left.length === good.length) return policies;
      good = left;
    }
  } finally {
    setOwnPolicies(before);
  }
}

/** Each id, document and area once; none may take the place of what is built in. */
function withoutRepetition(candidates: readonly Candidate[]): Candidate[] {
  const ids = new Set(BUILT_IN.map(({ instrument }) => instrument.id));
  const documents = new Set(POLICIES.map(({ document }) => document.id));
  const places = new Map<string, Jurisdiction>();
  setOwnPolicies(undefined);
  const builtIn = JURISDICTIONS;
  for (const place of builtIn) for (const word of spellings(place, builtIn)) places.set(word.toLowerCase(), place);
  return candidates.filter(({ policy, wrong }) => {
    let good = true;
    const say = (zh: string, en: string, path: Mistake["path"]): void => {
      good = false;
      wrong({ zh, en }, path);
    };
    const { document, instruments, jurisdictions = [] } = policy;
    if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(document.id))
      say(
        "文件编号用小写字母、数字和连字符，如 my-city",
        "the id of the document has small letters, digits and hyphens, as my-city",
        ["document", "id"],
      );
    if (documents.has(document.id))
      say(
        `已有编号为“${document.id}”的文件，自拟政策不能取代`,
        `there is a document ${document.id} already; an own policy cannot replace it`,
        ["document", "id"],
      );
    if (!instruments.length) say("没有政策工具（instruments）", "there are no instruments", ["instruments"]);
    const seen = new Set(ids);
    instruments.forEach(({ id }, i) => {
      const path = ["instruments", i, "id"];
      if (seen.has(id))
        say(
          `已有编号为“${id}”的政策工具，自拟政策不能取代`,
          `there is an instrument ${id} already; an own policy cannot replace it`,
          path,
        );
      else if (!id.startsWith(`${document.id}-`) || id.length > LONGEST_ID)
        say(
          `编号要以“${document.id}-”开头，最多 ${LONGEST_ID} 个字符`,
          `the id must begin with ${document.id}-, at most ${LONGEST_ID} characters`,
          path,
        );
      seen.add(id);
    });
    const known = new Map(places);
    for (const [i, place] of jurisdictions.entries()) {
      const path = ["jurisdictions", i];
      if (place.names.length > MOST_NAMES)
        say(`一个辖区最多 ${MOST_NAMES} 种其他写法`, `an area has at most ${MOST_NAMES} further names`, path);
      // Areas stand from the widest down, so that none lies within itself.
      if (place.within !== undefined && !known.has(place.within))
        say(
          `上一级辖区 ${place.within} 未知；较大的辖区写在前面`,
          `the area above, ${place.within}, is not known; wider areas come first`,
          path,
        );
      // Names of its own only: those behind the area above are made of them.
      for (const word of spellings({ ...place, within: undefined }, []).map((text) => text.toLowerCase())) {
        const other = known.get(word) ?? place;
        if (JSON.stringify(other) !== JSON.stringify(place))
          say(`辖区的写法“${word}”已用于${other.name.zh}`, `${word} already means ${other.name.en}`, path);
        known.set(word, other);
      }
    }
    if (good && known.get(document.jurisdiction)?.code !== document.jurisdiction)
      say(
        `没有辖区 ${document.jurisdiction}：写进 jurisdictions，或用 ${builtIn.map(({ code }) => code).join("、")}`,
        `no area ${document.jurisdiction}: describe it under jurisdictions, or use ${builtIn.map(({ code }) => code).join(", ")}`,
        ["document", "jurisdiction"],
      );
    if (!good) return false;
    documents.add(document.id);
    instruments.forEach(({ id }) => ids.add(id));
    known.forEach((place, word) => places.set(word, place));
    return true;
  });
}
const LONGEST_ID = 64;
const MOST_NAMES = 8;

/** Whether every instrument of a policy of the catalogue can be computed; what cannot is told. */
function isSound({ policy, wrong }: Candidate): boolean {
  let good = true;
  const sayAt =
    (before: Mistake["path"]) =>
    (zh: string, en: string, path: Mistake["path"] = []) => {
      good = false;
      wrong({ zh, en }, [...before, ...path]);
    };
  documentMistakes(policy.document, sayAt([]));
  policy.instruments.forEach((instrument, i) => instrumentMistakes(instrument, sayAt(["instruments", i])));
  if (!good) return false;
  const entries = CATALOGUE.filter(({ document }) => document === policy.document);
  entries.forEach((entry, i) => planMistakes(entry, sayAt(["instruments", i])));
  return good;
}

/** The ids that a policy with mistakes has, so that whoever uses them learns of the mistakes. */
const idsIn = (file: unknown): string[] => {
  const { instruments } = (file ?? {}) as { instruments?: unknown };
  return Array.isArray(instruments)
    ? instruments.flatMap((item: unknown) => {
        const id = (item as { id?: unknown } | null)?.id;
        return typeof id === "string" ? [id.toLowerCase()] : [];
      })
    : [];
};

/** The same of a text that cannot be taken apart. */
const idsInText = (text: string): string[] =>
  [...text.slice(0, LONGEST_TEXT_SEARCHED).matchAll(/["']?\bid["']?: *["']?([a-z0-9]+-[a-z0-9.-]+)/gi)].map(([, id]) =>
    id!.toLowerCase(),
  );
const LONGEST_TEXT_SEARCHED = 2 ** 18;
