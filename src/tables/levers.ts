/** The value of a lever as a user types it. */
import { Exact, inRange, kindOfLever, leverRange, leverWords, refuse, type Lever, type LeverValue } from "../rules";
import { readAmount } from "./amounts";
import { readInput } from "./inputs";

/** Reads what a user typed: 30% or 0.3, -5%, a cap in yuan. @throws Refusal, also for a blank */
export function readLever(lever: Lever, text: string): LeverValue {
  const { zh, en } = leverRange(lever).name;
  if (!text.trim()) throw refuse(`请填写${zh}`, `enter the ${en}`);
  const moved = kindOfLever(lever);
  if (moved === "cap") return String(readAmount(text));
  const size = text.replace(/^\s*[-－−]/, "");
  const kind = moved === "newFirms" ? "count" : "number";
  const value = new Exact(String(readInput({ kind, zh, en }, size)));
  return inRange(lever, size === text ? value : value.neg()).toString();
}

/** A value as a user would type it. */
export function typedLever(lever: Lever, value: LeverValue): string {
  if (kindOfLever(lever) === "cap") return new Exact(value).div(100).toString();
  return lever === "newFirms" ? value : leverWords(lever, value).zh;
}
