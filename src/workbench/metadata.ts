/** What the build writes about our functions (functions.json, as Excel reads it), in the language of the page. */
import type { Language } from "../host/workbook";

export interface Parameter {
  readonly name: string;
  readonly description?: string;
  readonly dimensionality?: "scalar" | "matrix";
  readonly optional?: boolean;
}

export interface FunctionMetadata {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly parameters: readonly Parameter[];
}

export interface Metadata {
  readonly functions: readonly FunctionMetadata[];
  /** Our functions get error cells to judge themselves; without it an error in an argument is the result. */
  readonly allowErrorForDataTypeAny?: boolean;
}

const FILES: Readonly<Record<Language, string>> = { zh: "functions-zh-CN.json", en: "functions.json" };

/** Fetches the metadata from the page's own address. */
export async function fetchMetadata(language: Language): Promise<Metadata> {
  const response = await fetch(new URL(FILES[language], document.baseURI));
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await response.json()) as Metadata;
}
