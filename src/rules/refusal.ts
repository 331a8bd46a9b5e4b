import type { Text } from "./law/policy";

/** Why a cell, row or call gives no award. `value`: the input is wrong. `not-available`: the rules give no answer. */
export class Refusal extends Error {
  constructor(
    readonly code: "value" | "not-available",
    readonly text: Text,
    /** The name or figure of a policy file that the refusal is about. */
    readonly about?: string,
  ) {
    super(text.zh);
    this.name = "Refusal";
  }
}

export const refuse = (zh: string, en: string, about?: string): Refusal => new Refusal("value", { zh, en }, about);
