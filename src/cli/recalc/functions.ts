/** Our functions as the built program has them. The build lets them announce themselves and writes functions.json beside it. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { associated } from "../../workbench/runtime";
import "../../functions/functions";
import type { Metadata } from "../../workbench/metadata";
import type { OurFunctions } from "./engine";

export const ourFunctions = (): OurFunctions => ({
  metadata: JSON.parse(readFileSync(path.join(__dirname, "functions.json"), "utf8")) as Metadata,
  implementations: associated,
});
