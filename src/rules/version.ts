/** The version of the rules, to stamp a model: raised with every change of a number, a window or a reading. */
export const RULES_VERSION = { version: "1.1.0", date: "2026-11-27" } as const;
