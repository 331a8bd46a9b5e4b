/** The door of the verdicts: one sentence in front of each table of a pool or of scenarios. */
export { aboutMoney, aboutPart, grouped, howOften, leftOut } from "./figures";
export { gainsVerdict } from "./gains";
export { bridgeVerdict, pairsVerdict, tableVerdict, tornadoVerdict } from "./levers";
export { movedVerdict } from "./moved";
export * from "./pool";
export { scenariosVerdict } from "./scenario";
export { aimVerdict, anyVerdict } from "./split";
export { yearsVerdict } from "./years";
