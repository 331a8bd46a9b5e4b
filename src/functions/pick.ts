/** The workbook's named pick, for omitted arguments. The host keeps it current; without one it never changes. */
export interface Pick {
  readonly jurisdiction: string;
  readonly year: number | string;
  readonly language: "zh" | "en";
}

/** With no pick yet, always: a formula never depends on the clock. */
export const NO_PICK: Pick = { jurisdiction: "zhejiang", year: 2026, language: "zh" };

let pick = NO_PICK;

export const currentPick = (): Pick => pick;
export function setPick(next: Partial<Pick>): void {
  pick = { ...NO_PICK, ...next };
}
