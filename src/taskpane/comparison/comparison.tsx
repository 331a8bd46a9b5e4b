/** Compares the workbook with another version of it: a file, or the same under another reading. The result is a new sheet. */
import { Button, Label, makeStyles, MessageBar, MessageBarBody, Text } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FUNCTION_NAMES } from "../../functions/declared";
import type { Workbook } from "../../host/workbook";
import { entryShown, formatYuan, readingsOf, findEntry, anyDay } from "../../rules";
import { usePane } from "../context";
import { ChoiceField } from "../parts/fields";
import { Wrong } from "../parts/refused";
import { comparable } from "../peers";
import { Section } from "../section";
import { sheetsOf } from "../table-in-hand";

const useStyles = makeStyles({
  form: {
    display: "flex",
    flexDirection: "column",
    gap: "8px",
    alignItems: "start",
    // A file's name and a reading's words are as long as they like.
    "& > *": { maxWidth: "100%", minWidth: 0 },
  },
  file: { "& input": { display: "block", maxWidth: "100%" } },
});

type State =
  | { readonly kind: "ready" | "working" }
  | { readonly kind: "done"; readonly words: string }
  | { readonly kind: "failed"; readonly error: unknown };

/** "name=option" as the command line has it. */
const SEPARATOR = "=";

export function Comparison({ host }: { readonly host: Workbook }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { instrument, jurisdiction, claim, language } = usePane();
  const [file, setFile] = useState<File>();
  const [chosen, setChosen] = useState({ instrument, reading: "", policy: "" });
  const [state, setState] = useState<State>({ kind: "ready" });
  const entry = instrument === undefined ? undefined : entryShown(instrument, claim);
  const readings = Object.entries(entry ? readingsOf(entry.instrument) : {});
  const policies = entry ? comparable(entry, language) : [];
  // A reading of another instrument is none of this one, though it may have the same name.
  const { reading, policy } = chosen.instrument === instrument ? chosen : { reading: "", policy: "" };

  async function run(other: File | undefined) {
    setState({ kind: "working" });
    try {
      const [{ assumedWords, compare, compareTerms, comparisonSheet, entryOfAll, versionOf }, { readBook }] =
        await Promise.all([import("../../compare"), import("../../export/file/read")]);
      const terms = { entry: entry && anyDay(entry), place: jurisdiction, claim, readings: {} };
      const book = { name: t("comparison.this"), sheets: await sheetsOf(host) };
      const [name = "", option] = reading.split(SEPARATOR);
      const taken = option === undefined ? {} : { [name]: option };
      const instead = policy ? findEntry(policy) : undefined;
      const change = { readings: taken, ...(instead && { instead: { entry: instead } }) };
      const before = other && versionOf(await bookOf(other, readBook), terms, FUNCTION_NAMES);
      const found = before
        ? compare(before, versionOf(book, { ...terms, entry: terms.entry ?? entryOfAll(before) }, FUNCTION_NAMES))
        : compareTerms(book, terms, change, [book.name, reading, policy].filter(Boolean).join(" "), FUNCTION_NAMES);
      const sheet = await host.addSheet(comparisonSheet(found));
      const words = t("comparison.done", {
        n: found.moves.length,
        same: found.same,
        before: formatYuan(found.before),
        after: formatYuan(found.after),
        sheet,
      });
      setState({
        kind: "done",
        words: [words, assumedWords(found.assumed)[language]].filter(Boolean).join(language === "zh" ? "" : " "),
      });
    } catch (error) {
      setState({ kind: "failed", error });
    }
  }
  const isBusy = state.kind === "working";
  const none = ["", t("comparison.reading-none")] as const;
  return (
    <Section title={t("comparison.title")}>
      <div className={styles.form}>
        <Text as="p">{t("comparison.what")}</Text>
        {/* Fluent has no field for files. */}
        <Label size="small" className={styles.file}>
          {t("comparison.file")}
          <input type="file" accept=".xlsx" onChange={({ target }) => setFile(target.files?.[0])} />
        </Label>
        <Button disabled={isBusy || !file} onClick={() => void run(file)}>
          {t(isBusy ? "comparison.working" : "comparison.compare")}
        </Button>
        {readings.length > 0 && (
          <ChoiceField
            label={t("comparison.reading")}
            value={reading}
            options={[
              none,
              ...readings.flatMap(([name, { options }]) =>
                Object.entries(options).map(
                  ([option, words]) => [name + SEPARATOR + option, `${words[language]}（${name}）`] as const,
                ),
              ),
            ]}
            onValue={(value) => setChosen({ instrument, reading: value, policy })}
          />
        )}
        {policies.length > 0 && (
          <ChoiceField
            label={t("comparison.policy")}
            value={policy}
            options={[none, ...policies]}
            onValue={(value) => setChosen({ instrument, reading, policy: value })}
          />
        )}
        <Button disabled={isBusy} onClick={() => void run(undefined)}>
          {t(policy || reading ? "comparison.under" : "comparison.now")}
        </Button>
        {state.kind === "failed" && <Wrong error={state.error} />}
        {state.kind === "done" && (
          <MessageBar intent="success" layout="multiline">
            <MessageBarBody>{state.words}</MessageBarBody>
          </MessageBar>
        )}
      </div>
    </Section>
  );
}

const bookOf = async (file: File, read: typeof import("../../export/file/read").readBook) => ({
  name: file.name,
  sheets: read(new Uint8Array(await file.arrayBuffer())),
});
