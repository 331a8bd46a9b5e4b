/** The form of a user's own policy: that of the built-in ones, without what only an official text has. */
import * as z from "zod/mini";
import { Jurisdictions, Policy } from "../law/policy";

/** An own policy as it is kept, with everything filled in; it may describe areas that the catalogue does not know. */
export const OwnForm = z.extend(Policy, { jurisdictions: z.optional(Jurisdictions) });

/** What an own policy may leave out, and what then stands there; a missing English text is the Chinese one. */
const OPTIONAL = {
  document: { status: "own", source: "" },
  instrument: { article: "自拟", quote: [] as string[] },
  anywhere: { register: "自拟" },
} as const;

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The policy with what it leaves out; whatever it says about its status, it is the user's own. */
export function completed(file: unknown): unknown {
  if (!isFields(file)) return file;
  const { document, instruments } = file;
  return registered({
    ...file,
    ...(isFields(document) && { document: { ...OPTIONAL.document, ...document, status: "own" } }),
    ...(Array.isArray(instruments) && {
      instruments: instruments.map((item: unknown) => (isFields(item) ? { ...OPTIONAL.instrument, ...item } : item)),
    }),
  });
}

/** Readings and doubts with the number that they have in no register. */
function registered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(registered);
  if (!isFields(value)) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, registered(item)]));
  return isFields(value.doubt) ? { ...OPTIONAL.anywhere, ...copy } : copy;
}

interface Schema {
  required?: string[];
  properties?: Readonly<Record<string, Schema>>;
  [key: string]: unknown;
}

/** The form as JSON Schema, for editors that complete and check while one writes. */
export function ownSchema(): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(OwnForm, { io: "input" }) as Schema;
  const ease = (part: unknown): void => {
    if (Array.isArray(part)) return part.forEach(ease);
    if (!isFields(part)) return;
    const one = part as Schema;
    const { properties = {}, required } = one;
    const optional: Fields = {
      ...("window" in properties && "overlap" in properties ? OPTIONAL.document : {}),
      ...("modality" in properties ? OPTIONAL.instrument : {}),
      ...("doubt" in properties ? OPTIONAL.anywhere : {}),
      ...("zh" in properties ? { en: "" } : {}),
    };
    if (Array.isArray(required)) one.required = required.filter((name) => !(name in optional));
    Object.values(part).forEach(ease);
  };
  ease(schema);
  return { ...schema, title: "Butie 自拟政策 own policy" };
}
