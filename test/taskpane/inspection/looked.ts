/** A workbook checked as the pane checks it, its findings in short. */
import { setPick } from "../../../src/functions/pick";
import { findingsIn } from "../../../src/taskpane/inspection/inspect";
import { readModel } from "../../../src/taskpane/inspection/model";
import type { Finding } from "../../../src/taskpane/inspection/finding";
import { FakeWorkbook, type FakeSheets } from "../fake-workbook";

export interface Looked {
  readonly host: FakeWorkbook;
  readonly findings: readonly Finding[];
  /** "cause | place words; …" of the findings whose cause holds the words. */
  readonly about: (words: string) => string[];
  readonly only: (words: string) => Finding;
}

export const PICK = { jurisdiction: "binjiang", year: 2026, language: "zh" } as const;

export async function look(content: FakeSheets, prepare?: (host: FakeWorkbook) => void): Promise<Looked> {
  setPick({ jurisdiction: PICK.jurisdiction, year: PICK.year });
  const host = new FakeWorkbook(content);
  prepare?.(host);
  const reading = { signal: new AbortController().signal, onProgress: () => undefined, pick: PICK };
  const findings = findingsIn(await readModel(host, reading));
  const about = (words: string) =>
    findings
      .filter(({ cause }) => cause.zh.includes(words))
      .map(({ cause, hits }) =>
        [
          cause.zh,
          hits
            .map(({ place, words: said }) => `${place.sheet}!${place.address}${said ? ` ${said.zh}` : ""}`)
            .join("; "),
        ].join(" | "),
      );
  const only = (words: string) => {
    const found = findings.filter(({ cause }) => cause.zh.includes(words));
    if (found.length !== 1) throw new Error(`${found.length} findings about ${words}`);
    return found[0]!;
  };
  return { host, findings, about, only };
}
