/** Every check, in the order in which findings of one weight are shown. A further one is one line in its family's list. */
import { AMOUNTS } from "./amounts";
import type { Check } from "./check";
import { ERRORS } from "./errors";
import { FORMULAS } from "./formulas";
import { LAW } from "./law";
import { NAMES } from "./names";
import { ROWS } from "./rows";

export const CHECKS: readonly Check[] = [...NAMES, ...ERRORS, ...ROWS, ...AMOUNTS, ...FORMULAS, ...LAW];
