/** Our functions as the workbench's engine takes them, out of their source: no build is needed. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { FunctionError, type Implementation } from "../../src/host/runtime";
import * as functions from "../../src/functions/functions";
import type { FunctionMetadata } from "../../src/workbench/metadata";
import type { OwnFunctions } from "../host/headless";

void FunctionError;
const source = readFileSync(path.resolve(__dirname, "../../src/functions/functions.ts"), "utf8");
const DECLARATION = /@customfunction (\S+) (\S+)\n((?: \* @param.*\n)*)(?: \*.*\n)*?export function (\w+)/g;
const PARAMETER = /@param \{any\[\]\[\]\} (\[?)(\w+)/g;

const declared = [...source.matchAll(DECLARATION)].map(([, id, name, parameters, exported]) => ({
  metadata: {
    id: id!,
    name: name!,
    parameters: [...parameters!.matchAll(PARAMETER)].map(([, optional, parameter]) => ({
      name: parameter!,
      dimensionality: "matrix" as const,
      optional: optional !== "",
    })),
  } satisfies FunctionMetadata,
  implementation: functions[exported as keyof typeof functions] as Implementation,
}));

export const OUR_FUNCTIONS: OwnFunctions = {
  metadata: declared.map(({ metadata }) => metadata),
  implementations: new Map(declared.map(({ metadata, implementation }) => [metadata.id, implementation])),
};
