/** The policy files as data: quotations, figures, names, dates, the register of doubts. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import {
  CATALOGUE,
  COMMON_READINGS,
  FAMILIES,
  JURISDICTIONS,
  limitsOf,
  planOf,
  POLICIES,
  readingsOf,
  type Entry,
  type Instrument,
} from "../../../src/rules";
import { checkLaw } from "../../../src/rules/law/check";
import { KINDS } from "../../../src/rules/law/policy";
import { fingerprints, notIn, quotationsOf } from "../../tools/quotations";
import { sharedText, testWithShared } from "../../tools/shared";
import verified from "./quotations.json";

const INSTRUMENTS = CATALOGUE.map((entry) => [entry.instrument.id, entry] as const);
const DOCUMENTS = POLICIES.map((policy) => [policy.document.id, policy] as const);
const instrumentOf = (id: string): Instrument => CATALOGUE.find((entry) => entry.instrument.id === id)!.instrument;
const quotesOf = ({ quote }: Instrument): string[] => [quote].flat();

describe("quotations", () => {
  test.each(DOCUMENTS)("%s quotes whole phrases", (_id, policy) => {
    for (const quote of Object.values(quotationsOf(policy)).flat()) expect(quote.length).toBeGreaterThan(5);
    for (const { id } of policy.instruments) expect(quotationsOf(policy)[id]).not.toEqual([]);
  });

  test("each is one that was found in its source; `npm run quotations` records them anew", () => {
    expect(fingerprints()).toEqual(verified);
  });

  testWithShared.each(DOCUMENTS)("%s: every quotation stands in the source, white space aside", (_id, policy) => {
    expect(notIn(sharedText(`sources/${policy.document.source}`), policy)).toEqual([]);
  });
});

/** A number of a policy file with its place, so that a failure names it. */
interface Place {
  readonly path: string;
  readonly figure: number | string;
}

/** All numbers that decide money or eligibility. Fractions (365/360) are day counts, which no document states. */
function figuresOf(instrument: Instrument): Place[] {
  const found: Place[] = [];
  const walk = (value: unknown, path: string): void => {
    const isFigure = typeof value === "number" || (typeof value === "string" && /^-?\d[\d.]*%?$/.test(value));
    if (isFigure) found.push({ path, figure: value });
    else if (Array.isArray(value)) value.forEach((item, i) => walk(item, `${path}[${i}]`));
    else if (typeof value === "object" && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        if (!["zh", "en", "name", "else", "label"].includes(key)) walk(item, `${path}.${key}`);
      }
    }
  };
  const { when, parts, limits, grades, budget, quota } = instrument;
  walk({ when, parts, limits, grades, budget, quota }, instrument.id);
  return found;
}

const CHINESE_DIGITS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5 };
const UNITS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/** Every number of a text: 800万 → 8000000, ３０％ → "30%", 1.5个百分点 → "1.5%", 三年 and 3年 → 3 and 36 (months). */
function numbersIn(text: string): Set<number | string> {
  const numbers = new Set<number | string>();
  for (const [, digits, unit] of text.normalize("NFKC").matchAll(/(\d+(?:\.\d+)?)(万|亿|%|个百分点|年)?/g)) {
    const number = Number(digits);
    if (unit === "%" || unit === "个百分点") numbers.add(`${number}%`);
    else numbers.add(number * (UNITS[unit ?? ""] ?? 1));
    if (unit === "年") numbers.add(number * 12);
  }
  for (const [, digit] of text.matchAll(/([一二两三四五])[年位次]/g)) {
    numbers.add(CHINESE_DIGITS[digit!]!);
  }
  return numbers;
}

describe("figures", () => {
  /** 0 says "nothing"; 1 and -1 are signs of a sum; 100% is 按照实际, "the actual cost", in words. */
  const NEUTRAL = new Set<number | string>([0, 1, -1, "100%"]);

  test.each(INSTRUMENTS)(
    "%s: every number stands in its quotation or in a clause that it cites",
    (_id, { instrument }) => {
      const cited = (instrument.cites ?? []).map(instrumentOf);
      const supported = numbersIn([instrument, ...cited].flatMap(quotesOf).join(" "));
      const unsupported = figuresOf(instrument).filter(({ figure }) => !NEUTRAL.has(figure) && !supported.has(figure));
      expect(unsupported).toEqual([]);
    },
  );

  test("a number that no clause has would be found", () => {
    const suanli = instrumentOf("zj-15-suanli");
    expect(figuresOf(suanli).map(({ figure }) => figure)).toEqual(expect.arrayContaining(["30%", "10%", 8000000]));
    expect(numbersIn("不高于３０％，给予最高８００万元，１．５个百分点，期限三年")).toEqual(
      new Set(["30%", 8000000, "1.5%", 3]),
    );
  });

  const BOUND_WORDS: readonly [string, RegExp][] = [
    ["at-least", /以上|不低于|不少于/],
    ["above", /超过/],
  ];

  test.each(BOUND_WORDS)("a condition “%s” is in the words of the clause", (bound, words) => {
    const wrong = CATALOGUE.filter(({ instrument }) => {
      const conditions = figuresOf(instrument).filter(({ path }) => /\.(when|grades)\[/.test(path));
      const places = conditions.filter(({ path, figure }) => path.endsWith(`.${bound}`) && figure !== 0);
      return places.length > 0 && !quotesOf(instrument).some((quote) => words.test(quote));
    });
    expect(wrong.map(({ instrument }) => instrument.id)).toEqual([]);
  });
});

/** The names under which the rules of an instrument read their rows, with the values they ask for. */
function namesRead(instrument: Instrument): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  const name = (input: string, ...wanted: unknown[]): void => {
    const values = read.get(input) ?? new Set();
    wanted.forEach((value) => values.add(String(value)));
    read.set(input, values);
  };
  const tests = (value: Record<string, unknown>): void => {
    for (const [key, wanted] of Object.entries(value)) {
      if (key === "any") (wanted as Record<string, unknown>[]).forEach(tests);
      else if (key === "any-row") tests(wanted as Record<string, unknown>);
      else if (key === "ratio" || key === "growth") walk(wanted);
      else if (typeof wanted === "object" && !Array.isArray(wanted)) name(key);
      else name(key, ...[wanted].flat());
    }
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk);
    if (typeof value !== "object" || value === null) return;
    for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
      if (key === "if") tests(item as Record<string, unknown>);
      else if (key === "of" || key === "to" || key === "from") [item].flat().forEach((input) => name(String(input)));
      else if (key === "given" || key === "used" || key === "rank") name(String(item));
      else if (key === "below" && Array.isArray(item))
        item.filter((bound) => typeof bound === "string" && !/^\d/.test(bound)).forEach((input) => name(String(input)));
      else if (key !== "where") walk(item);
      if (key === "at-most" && !("given" in value)) name("rate");
    }
  };
  const { when, parts, limits, grades, quota, again, minus, times } = instrument;
  walk([when, parts, limits, quota, again]);
  for (const { any } of grades ?? []) any?.forEach((test) => tests(test));
  [minus, times].forEach((input) => input && name(input));
  return read;
}

test("every file of the law keeps to its form", () => expect(() => checkLaw()).not.toThrow());

describe("names", () => {
  test.each(INSTRUMENTS)("%s: what is declared is read, and what is read is declared", (_id, { instrument }) => {
    const declared = new Set(Object.keys(instrument.inputs ?? {}));
    const readings = new Set(Object.keys(instrument.readings ?? {}));
    const read = namesRead(instrument);
    // A share that the row may lower reads `rate` only where the instrument declares one.
    if (!declared.has("rate")) read.delete("rate");
    // A common reading is also read through the rates that are borrowed from another clause.
    expect([...declared, ...readings].filter((name) => !read.has(name))).toEqual([]);
    expect([...read.keys()].filter((name) => !declared.has(name) && !readings.has(name))).toEqual([]);
  });

  test.each(INSTRUMENTS)("%s: every choice that a rule asks for is one of the options", (_id, { instrument }) => {
    for (const [name, values] of namesRead(instrument)) {
      const input = instrument.inputs?.[name];
      const options = input ? input.options : readingsOf(instrument)[name]?.options;
      const accepted = input?.kind === "flag" ? ["true", "false"] : Object.keys(options ?? {});
      expect([...values].filter((value) => !accepted.includes(value))).toEqual([]);
    }
  });

  test.each(INSTRUMENTS)("%s: every option of a reading changes the plan", (_id, entry) => {
    for (const [name, reading] of Object.entries(readingsOf(entry.instrument))) {
      if (name === "rounding" && entry.instrument.result) continue;
      // An end that is reported shows on the day after it.
      const claim = name === "window_end" ? { year: 2026, day: "2026-09-11" } : { year: 2026 };
      const plans = Object.keys(reading.options).map((option) => {
        const { readings, ...plan } = planOf(entry, claim, { readings: { [name]: option } });
        expect(readings[name]).toBe(option);
        return JSON.stringify(plan, (_name, value: unknown) => (typeof value === "bigint" ? String(value) : value));
      });
      expect(reading.options[reading.default]).toBeDefined();
      expect(new Set(plans).size).toBe(plans.length);
    }
  });

  test.each(INSTRUMENTS)("%s: no two inputs share a name, a label or an alias", (_id, { instrument }) => {
    const inputs = Object.entries(instrument.inputs ?? {});
    const readings = Object.keys(readingsOf(instrument));
    for (const language of ["zh", "en"] as const) {
      const words = inputs.flatMap(([name, input]) => [...new Set([name, input[language], ...(input.alias ?? [])])]);
      expect(words.length).toBe(new Set([...words, ...readings]).size - readings.length);
    }
  });

  test("ids are unique and belong to the document that they stand in", () => {
    const ids = CATALOGUE.map(({ instrument }) => instrument.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { instrument, document } of CATALOGUE) expect(instrument.id.startsWith(`${document.id}-`)).toBe(true);
  });

  test("families and the instruments that others name exist", () => {
    const ids = new Set(CATALOGUE.map(({ instrument }) => instrument.id));
    for (const { instrument } of CATALOGUE) {
      expect(Object.keys(FAMILIES)).toContain(instrument.family);
      const named = [...(instrument.cites ?? []), ...(instrument["adds-to"] ?? []), instrument.pool ?? instrument.id];
      expect(named.filter((id) => !ids.has(id))).toEqual([]);
      expect(instrument.pool === undefined || instrumentOf(instrument.pool).budget !== undefined).toBe(true);
    }
    expect(Object.keys(FAMILIES).filter((family) => !CATALOGUE.some((e) => e.instrument.family === family))).toEqual(
      [],
    );
  });

  test("whoever adds to another instrument is named there as well", () => {
    for (const { instrument } of CATALOGUE) {
      for (const id of instrument["adds-to"] ?? []) expect(instrumentOf(id)["adds-to"]).toContain(instrument.id);
    }
  });

  test("an instrument has a word for its object where a limit or a further award looks at one", () => {
    const looks = (value: unknown): boolean =>
      typeof value === "object" &&
      value !== null &&
      ((value as { scope?: unknown }).scope === "object" || Object.values(value).some(looks));
    const wrong = CATALOGUE.filter(({ instrument }) => looks(instrument) !== (instrument.object !== undefined));
    expect(wrong.map(({ instrument }) => instrument.id)).toEqual([]);
  });

  test("what is to be paid once or topped up is in the words of the clause, or of the document's rule", () => {
    const wrong = CATALOGUE.filter(({ instrument, document }) => {
      const words = [...quotesOf(instrument), document.overlap?.quote].join(" ");
      return [instrument.again ?? []]
        .flat()
        .some(({ pays }) => !(pays === "nothing" ? /一次性|首次/ : /晋升后补足/).test(words));
    });
    expect(wrong.map(({ instrument }) => instrument.id)).toEqual([]);
  });

  test("pieces are not counted under a limit that a firm shares, which would be drawn on once only", () => {
    const counted = CATALOGUE.filter(({ instrument }) => instrument.times);
    expect(counted.map(({ instrument }) => instrument.id)).toContain("zj-25-terminal");
    for (const entry of counted) {
      expect(limitsOf(planOf(entry, { year: 2026 })).filter(({ allowance }) => allowance)).toEqual([]);
    }
  });
});

describe("documents", () => {
  test.each(DOCUMENTS)("%s: its window is made of real days, the first not after the last", (_id, { document }) => {
    const { from, to } = document.window;
    for (const day of [from, to, document.issued, ...(document.notices ?? []).map(({ date }) => date)]) {
      if (!day || day.length === 4) continue;
      expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day);
    }
    if (to) expect(from <= to).toBe(true);
    if (document.issued) expect(document.issued.slice(0, from.length) <= from).toBe(true);
    // A reported end shortens the window and has a notice that says where it comes from.
    const { reported } = document.window;
    if (reported) expect(reported.to > from && reported.to < to!).toBe(true);
    if (reported) expect(document.notices?.length).toBeGreaterThan(0);
    for (const { source } of document.notices ?? []) expect(source.zh).toBe("据二手资料，请核对原文");
  });

  test("jurisdictions have six-digit codes as in GB/T 2260, each within the one above", () => {
    const codes = JURISDICTIONS.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { code, within } of JURISDICTIONS) {
      expect(code).toMatch(/^[1-9]\d{5}$/);
      // 330108 lies in 330100, that one in 330000, and a province in none.
      const above = [`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`].find((wider) => wider !== code);
      expect(within).toBe(code.endsWith("0000") ? undefined : above);
      expect(codes).toContain(within ?? code);
    }
    for (const { document } of POLICIES) expect(codes).toContain(document.jurisdiction);
  });

  test("every text is there in both languages, the Chinese one in Chinese", () => {
    const empty: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== "object" || value === null) return;
      const { zh, en } = value as { zh?: unknown; en?: unknown };
      if (typeof zh === "string" && typeof en === "string") {
        // LPR is what Chinese tables call it, too.
        if (!/\p{Script=Han}|LPR/u.test(zh) || !/[A-Za-z]/.test(en) || /\p{Script=Han}{5}/u.test(en)) empty.push(path);
      }
      for (const [key, item] of Object.entries(value)) walk(item, `${path}.${key}`);
    };
    walk(POLICIES, "policies");
    walk(COMMON_READINGS, "readings");
    walk(FAMILIES, "families");
    expect(empty).toEqual([]);
  });
});

describe("the analysis of the documents", () => {
  /** The documents that were analysed, by the names that the analysis gives them; later ones are not in it. */
  const ANALYSED: Readonly<Record<string, string>> = {
    zj: "ZJ",
    zj23: "ZJ(001)",
    hz: "HZ",
    bj: "BJ",
    digest: "004 digest",
  };
  const analysis = (): string => sharedText("notes/policy-analysis.md");

  /** Support without money that the analysis left out, so that every clause with support has its row. */
  const LEFT_OUT = [
    ...["zj-11-cloud-firms", "zj-11-scenarios", "zj-13-power", "zj-14-credit", "zj-24-embodied-scenarios"],
    ...["zj-3-subfund", "zj-8-industry-professor", "zj-10-adoption", "zj-24-embodied-base", "hz-4-first-version"],
    ...["hz-8-recognition", "hz-9-listing", "hz-9-exchange", "hz-14-authorization", "hz-14-master-technician"],
    ...["hz-18-credit", "bj-15-services", "bj-18-space", "bj-21-financing"],
  ];

  test("what it left out is support without money", () => {
    for (const id of LEFT_OUT) expect(instrumentOf(id)).toMatchObject({ kind: "unquantified", open: {} });
  });

  testWithShared("its instruments are the instruments of the catalogue, but for support without money", () => {
    const ids = CATALOGUE.filter(({ document }) => document.id in ANALYSED).map(({ instrument }) => instrument.id);
    const described = [...analysis().matchAll(/^#### ((?:zj23|zj|hz|bj)-\S+)/gm)].map(([, id]) => id!);
    expect([...ids].sort()).toEqual([...described, ...LEFT_OUT].sort());
  });

  testWithShared("each kind is as often in each document as it counted", () => {
    // The analysis counts in this order of columns.
    const columns: Record<string, (typeof KINDS)[number]> = {
      "fixed award by grade": "fixed-award",
      "interest subsidy": "interest-subsidy",
      "matching of upper-level funds": "matching",
      "per-unit subsidy": "per-unit",
      "pool/budget": "pool",
      "rate-with-cap": "rate-with-cap",
      "threshold/eligibility": "threshold",
      "tiered rate": "tiered-rate",
      unquantified: "unquantified",
    };
    expect(Object.values(columns).sort()).toEqual([...KINDS].sort());
    const rows = analysis()
      .split("\n")
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const header = rows.find((cells) => cells[1] === "jurisdiction" && cells.includes("tiered rate"))!;
    for (const [id, { instruments }] of DOCUMENTS.filter(([name]) => name in ANALYSED)) {
      const row = rows.find((cells) => cells[1] === ANALYSED[id] && cells.length === header.length)!;
      const counted = Object.entries(columns).map(([column, kind]) => [kind, Number(row[header.indexOf(column)])]);
      const count = (kind: string) =>
        instruments.filter((instrument) => instrument.kind === kind && !LEFT_OUT.includes(instrument.id)).length;
      expect({ id, ...Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) }).toEqual({
        id,
        ...Object.fromEntries(counted),
      });
    }
  });

  /** The entries of the register with the instruments to which each applies. */
  function registerOf(text: string): [string, string[]][] {
    return [...text.matchAll(/^#### (A\d\d) [^\n]*\n- applies: ([^\n]*)/gm)].map(([, entry, applies]) => [
      entry!,
      applies!.split(",").map((pattern) => pattern.trim()),
    ]);
  }

  const applies = (pattern: string, id: string): boolean =>
    pattern === "*" || (pattern.endsWith("*") ? id.startsWith(pattern.slice(0, -1)) : id === pattern);

  const answered = ({ instrument, document }: Entry): Set<string> =>
    new Set([
      ...Object.values(readingsOf(instrument)).map(({ register }) => register),
      ...[...(instrument.doubts ?? []), ...(document.doubts ?? [])].map(({ register }) => register),
    ]);

  test.each(INSTRUMENTS)("%s: the doubts that concern every instrument are answered", (_id, entry) => {
    // Rounding, the object of comparison, the year, tax and ceiling words.
    expect([...answered(entry)]).toEqual(expect.arrayContaining(["A68", "A70", "A71", "A74", "A75"]));
    for (const register of answered(entry)) expect(register).toMatch(/^A\d\d$/);
  });

  testWithShared.each(INSTRUMENTS)("%s: every doubt of the register that applies is answered", (id, entry) => {
    const known = answered(entry);
    const wanted = registerOf(analysis()).filter(([, patterns]) => patterns.some((pattern) => applies(pattern, id)));
    expect(wanted.map(([register]) => register).filter((register) => !known.has(register))).toEqual([]);
  });

  testWithShared("no answer names an entry that the register does not have", () => {
    const register = registerOf(analysis()).map(([name]) => name);
    expect(register.length).toBeGreaterThan(70);
    for (const [, entry] of INSTRUMENTS) expect(register).toEqual(expect.arrayContaining([...answered(entry)]));
  });
});

describe("the law is data", () => {
  const SRC = join(__dirname, "../../../src");
  /** Invented contracts, with amounts at the caps on purpose. */
  const SAMPLES = ["workbench/sample.ts", "taskpane/start/sample.ts"];
  const sources = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !SAMPLES.includes(file));

  /** Numbers and texts of a source file; comments are left out. */
  function literalsIn(code: string): { number?: number; text?: string }[] {
    const scanner = ts.createScanner(ts.ScriptTarget.ES2022, true, ts.LanguageVariant.JSX, code);
    const literals: { number?: number; text?: string }[] = [];
    for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
      if (token === ts.SyntaxKind.NumericLiteral) literals.push({ number: Number(scanner.getTokenValue()) });
      if (token === ts.SyntaxKind.StringLiteral || token === ts.SyntaxKind.NoSubstitutionTemplateLiteral)
        literals.push({ text: scanner.getTokenValue() });
    }
    return literals;
  }

  const figures = CATALOGUE.flatMap(({ instrument }) => figuresOf(instrument).map(({ figure }) => figure));
  /** A power of ten is a unit of measure as well; small numbers cannot be told from places and columns. */
  const isUnit = (n: number): boolean => Number.isInteger(Math.log10(n));
  const amounts = new Set(
    figures.filter((figure) => typeof figure === "number").filter((n) => n >= 10_000 && !isUnit(n)),
  );
  // 100% is also how wide a page is.
  const rates = new Set(figures.filter((figure) => typeof figure === "string" && figure !== "100%"));
  const days = new Set(POLICIES.flatMap(({ document: { window } }) => [window.from, window.to ?? window.from]));

  function lawIn(code: string): unknown[] {
    return literalsIn(code).filter(({ number, text }) =>
      number !== undefined
        ? amounts.has(number)
        : rates.has(text!) || days.has(text!) || /^[\d.]+(万|亿)元?$/.test(text!),
    );
  }

  test.each(sources)("%s holds no number of a document", (file) => {
    const law = lawIn(readFileSync(join(SRC, file), "utf8"));
    expect(law).toEqual([]);
  });

  test("a number of a document in code would be found", () => {
    expect(lawIn(`const CAP = 8_000_000; const RATE = "30%"; const FROM = "2025-05-31"; // 800万`)).toHaveLength(3);
  });

  test("the rules and their readers know no instrument by name but the vouchers that have a function", () => {
    const ids = new Set(CATALOGUE.map(({ instrument }) => instrument.id));
    const named = sources.filter((file) =>
      literalsIn(readFileSync(join(SRC, file), "utf8")).some((l) => ids.has(l.text!)),
    );
    expect(named.filter((file) => /^(rules|tables|writers|functions)\//.test(file))).toEqual(["functions/vouchers.ts"]);
  });
});

test("what an input counts is years, or an input of its instrument", () => {
  const counted = CATALOGUE.flatMap(({ instrument: { id, inputs = {} } }) =>
    Object.values(inputs).flatMap(({ counts }) => (counts === undefined ? [] : [[id, counts, Object.keys(inputs)]])),
  );
  expect(counted.length).toBeGreaterThan(5);
  for (const [id, counts, names] of counted)
    expect([id, ["years", ...names!].includes(counts as string)]).toEqual([id, true]);
});
