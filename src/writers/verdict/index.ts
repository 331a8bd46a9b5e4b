/** The door of the verdicts: one sentence in front of each table of a pool or of scenarios. */
export { aboutMoney, aboutPart, howOften } from "./figures";
export { gainsVerdict } from "./gains";
export {
  daysVerdict,
  monthsVerdict,
  mostlyAfter,
  portfolioVerdict,
  riskVerdict,
  sharingVerdict,
  sizingVerdict,
  splitVerdict,
  togetherVerdict,
  usageVerdict,
  type CapVerdict,
  type DryDays,
  type DryMonth,
  type Ground,
  type RuleParts,
} from "./pool";
export { scenariosVerdict } from "./scenario";
export { aimVerdict, anyVerdict } from "./split";
export { yearsVerdict } from "./years";
