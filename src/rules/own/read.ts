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
  versionsIn,
  isOneDocument,
} from "../law/catalogue";
import { mistakesIn, placeOf, type Mistake } from "../law/mistake";
import type { Jurisdiction, Text } from "../law/policy";
import { completed, OwnForm } from "./form";
import { documentMistakes, instrumentMistakes, planMistakes, versionMistakes, windowMistakes } from "./meaning";
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
  const broken = new Set<string>();
  const candidates = texts.flatMap(({ name, text }) =>
    parsePolicies(text).flatMap((parsed): Candidate[] => {
      if (parsed instanceof Unreadable) {
        found.push({ name, ...(parsed.line !== undefined && { line: parsed.line }), place: "", text: parsed.text });
        idsInText(text).forEach((id) => broken.add(id));
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
        idsIn(file).forEach((id) => broken.add(id));
        mistakesIn(file, read.error.issues).forEach(tell);
        return [];
      }
      const wrong: Candidate["wrong"] = (text, path = []) => tell({ path, place: placeOf(file, path), text });
      // As it was written: the order of tests is the order of the words.
      return [{ name, parsed, policy: file as OwnPolicy, wrong }];
    }),
  );
  const policies = checked(candidates, broken);
  // What is usable under one id is not refused under it: the second of two is, and told.
  const usable = new Set(policies.flatMap(({ instruments }) => instruments.map(({ id }) => id)));
  for (const id of [...usable, ...BUILT_IN.map(({ instrument }) => instrument.id)]) mistakes.delete(id);
  return { policies, mistakes, found };
}

/**
 * Those without mistakes. Whoever names one that has a mistake has one, too; and of a document no version counts while another
 * has a mistake, as it would be computed beyond its days.
 * @param broken ids of what could not be read at all
 */
function checked(candidates: readonly Candidate[], broken: ReadonlySet<string>): OwnPolicy[] {
  const before = ownPolicies();
  try {
    const ids = ({ policy }: Candidate): string[] => policy.instruments.map(({ id }) => id);
    let good = withoutBroken(withoutRepetition(candidates), (one) => ids(one).some((id) => broken.has(id)));
    for (;;) {
      const policies = good.map(({ policy }) => policy);
      setOwnPolicies({ policies, mistakes: new Map() });
      const left = good.filter(isSound);
      if (left.length === good.length) return policies;
      const lost = new Set(good.filter((one) => !left.includes(one)).map(({ policy }) => policy.document.id));
      good = withoutBroken(left, ({ policy }) => lost.has(policy.document.id));
    }
  } finally {
    setOwnPolicies(before);
  }
}

const withoutBroken = (candidates: readonly Candidate[], isBroken: (one: Candidate) => boolean): Candidate[] =>
  candidates.filter((one) => {
    const bad = isBroken(one);
    if (bad)
      one.wrong({
        zh: "同一编号的另一份（版本）有错，改正之前这一份也不能计算",
        en: "another version with the same id has a mistake; until it is corrected this one cannot be computed either",
      });
    return !bad;
  });

/** Each id, document and area once, but for the versions of a document; none may take the place of what is built in. */
function withoutRepetition(candidates: readonly Candidate[]): Candidate[] {
  const ids = new Map(BUILT_IN.map(({ instrument, document }) => [instrument.id, document.id]));
  const documents = new Map(POLICIES.map(({ document }): [string, OwnPolicy["document"][]] => [document.id, []]));
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
    const versions = documents.get(document.id);
    if (versions && !versions.length)
      say(
        `已有编号为“${document.id}”的文件，自拟政策不能取代`,
        `there is a document ${document.id} already; an own policy cannot replace it`,
        ["document", "id"],
      );
    for (const other of versions ?? []) {
      const { from } = document.window;
      if (
        from === other.window.from ||
        Math.max(from.length, other.window.from.length) > Math.min(from.length, other.window.from.length)
      )
        say(
          `已有编号为“${document.id}”的文件；同一文件的另一版本要有自己的起始日（window.from 写到日）`,
          `there is a document ${document.id} already; another version of it needs its own first day (window.from)`,
          ["document", "window"],
        );
      if (document.jurisdiction !== other.jurisdiction)
        say(
          `同一文件的两个版本辖区不同：${other.jurisdiction}、${document.jurisdiction}`,
          `two versions of one document have different areas: ${other.jurisdiction}, ${document.jurisdiction}`,
          ["document", "jurisdiction"],
        );
    }
    if (!instruments.length) say("没有政策工具（instruments）", "there are no instruments", ["instruments"]);
    const seen = new Set([...ids].flatMap(([id, owner]) => (owner === document.id ? [] : id)));
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
    documents.set(document.id, [...(versions ?? []), document]);
    instruments.forEach(({ id }) => ids.set(id, document.id));
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
  if (!good) return false;
  policy.instruments.forEach((instrument, i) => instrumentMistakes(instrument, sayAt(["instruments", i])));
  if (!good) return false;
  const entries = CATALOGUE.flatMap(versionsIn).filter((entry) => isOneDocument(entry, policy));
  entries.forEach((entry, i) => {
    windowMistakes(entry, sayAt(["instruments", i]));
    planMistakes(entry, sayAt(["instruments", i]));
  });
  if (good) entries.forEach((entry, i) => versionMistakes(entry, sayAt(["instruments", i])));
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
