/**
 * The quotations of the policy files and their fingerprints. test/rules/law/quotations.json records the fingerprint of each
 * quotation that was found in its source, so that a clone without the sources still sees where a quotation was changed.
 */
import { createHash } from "node:crypto";
import { POLICIES } from "../../src/rules";

type Policy = (typeof POLICIES)[number];

/** All quotations of a document by the id of what they belong to: the document itself or one of its instruments. */
export function quotationsOf({ document, instruments }: Policy): Record<string, string[]> {
  const quotes = (value: unknown): string[] => {
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, item]) =>
      key === "quote" ? [item as string | string[]].flat() : quotes(item),
    );
  };
  return Object.fromEntries([
    [document.id, quotes(document)],
    ...instruments.map((instrument) => [instrument.id, quotes(instrument)]),
  ]) as Record<string, string[]>;
}

const withoutSpace = (text: string): string => text.replace(/\s/gu, "");

/** The quotations of a document that its source does not have; white space does not matter. */
export function notIn(source: string, policy: Policy): string[] {
  const text = withoutSpace(source);
  return Object.values(quotationsOf(policy))
    .flat()
    .filter((quote) => !text.includes(withoutSpace(quote)));
}

const fingerprint = (quote: string): string =>
  createHash("sha256").update(withoutSpace(quote)).digest("hex").slice(0, 16);

/** The fingerprints of the quotations by document or instrument, with spaces between them. */
export const fingerprints = (): Record<string, string> =>
  Object.fromEntries(
    POLICIES.flatMap((policy) =>
      Object.entries(quotationsOf(policy)).map(([id, list]) => [id, list.map(fingerprint).join(" ")]),
    ),
  );

export { POLICIES };
