import { Refusal } from "../../src/rules";

/** The Chinese words with which something is refused; "" where it is not. */
export function refusalOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof Refusal) return error.text.zh;
    throw error;
  }
  return "";
}
