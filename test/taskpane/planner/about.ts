/** What reading a table depends on beside the form: Binjiang 2026. */
import { findJurisdiction } from "../../../src/rules";

export const ABOUT = {
  jurisdiction: findJurisdiction("binjiang")!,
  claim: { year: 2026 },
  instrument: undefined,
  chosen: new Map(),
  language: "zh",
} as const;
