/** A copy of an instrument with another name, place, window and other figures; below, what it grants, as it is filled in. */
import { Button, Field, Input, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  CATALOGUE,
  chunksOf,
  FAMILIES,
  figuresIn,
  findEntry,
  isOwn,
  joined,
  JURISDICTIONS,
  planOf,
  type Entry,
} from "../../rules";
import { refusalText } from "../../writers/sentence";
import { gradeLines, minimumWords, routeWords, togetherWords } from "../../writers/terms";
import { labelOf, limitLine } from "../../writers/words";
import { workingPaper } from "../../writers/explain";
import { usePane } from "../context";
import { amountWords } from "../money";
import { curvesOf } from "../instrument/curve";
import { CurveChart } from "../instrument/curve-chart";
import { amountOf } from "../parts/amount";
import { ChoiceField, MoneyField, NumberField } from "../parts/fields";
import { Wrong } from "../parts/refused";
import { moneyInputs } from "../peers";
import { Section } from "../section";
import {
  assumed,
  draftOf,
  isFigure,
  made,
  NEW_PLACE,
  SAMPLE,
  sampleOf,
  sampleRow,
  type Draft,
  type Made,
} from "./draft";
import { figureLabel } from "./label";
import { Mistakes } from "./mistakes";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "8px", margin: "8px 0" },
  row: { display: "flex", flexWrap: "wrap", gap: "8px" },
  half: { flex: "1 1 120px", minWidth: 0 },
  live: { margin: "8px 0", padding: "8px", borderLeft: `4px solid ${tokens.colorBrandStroke1}` },
  line: { display: "block", overflowWrap: "anywhere" },
});

const canBeCopied = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

interface Props {
  /** The own instrument that is changed; undefined: a copy of one to be chosen. */
  readonly changing: Entry | undefined;
  readonly onDone: () => void;
}

export function PolicyForm({ changing, onDone }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { instrument, jurisdiction, language, own, show } = usePane();
  const [draft, setDraft] = useState<Draft>(() => draftOf(changing ?? firstEntry(instrument, jurisdiction)));
  const [error, setError] = useState<unknown>();
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const figures = figuresIn(draft.entry.instrument);
  const result = useMemo(() => (isComplete(draft) ? made(draft) : undefined), [draft]);

  async function keep({ text, entry }: Made) {
    try {
      const chunks = chunksOf(own.text);
      const isNew = !chunks.some(({ id }) => id === draft.documentId);
      const others = chunks.map((chunk) => (chunk.id === draft.documentId ? { text } : chunk));
      await own.save(joined(isNew ? [...chunks, { text }] : others));
      onDone();
      show("instrument", entry!.instrument.id);
    } catch (failure) {
      setError(failure);
    }
  }

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (result?.entry) void keep(result);
      }}
    >
      {!changing && (
        <Field label={t("own.copied")} size="small">
          <Select
            size="small"
            value={draft.entry.instrument.id}
            onChange={(_, { value }) => setDraft(draftOf(findEntry(value)!))}
          >
            {Object.entries(FAMILIES).map(([family, name]) => (
              <optgroup key={family} label={name[language]}>
                {CATALOGUE.filter(
                  (entry) => entry.instrument.family === family && canBeCopied(entry) && !isOwn(entry),
                ).map((entry) => (
                  <option key={entry.instrument.id} value={entry.instrument.id}>
                    {`${entry.instrument.name[language]} · ${entry.jurisdiction.name[language]}`}
                  </option>
                ))}
              </optgroup>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t("own.name")} size="small" validationState={draft.name.trim() ? "none" : "warning"}>
        <Input size="small" value={draft.name} onChange={(_, { value }) => set({ name: value })} />
      </Field>
      <ChoiceField
        label={t("pick.jurisdiction")}
        value={draft.place}
        options={[
          ...JURISDICTIONS.map(({ code, name }) => [code, name[language]] as const),
          [NEW_PLACE, t("own.new-place")] as const,
        ]}
        onValue={(place) => set({ place })}
      />
      {draft.place === NEW_PLACE && (
        <div className={styles.row}>
          <Field label={t("own.place-name")} size="small" className={styles.half}>
            <Input size="small" value={draft.placeName} onChange={(_, { value }) => set({ placeName: value })} />
          </Field>
          <Field label={t("own.place-code")} size="small" className={styles.half}>
            <Input size="small" value={draft.placeCode} onChange={(_, { value }) => set({ placeCode: value })} />
          </Field>
        </div>
      )}
      <div className={styles.row}>
        <Field label={t("own.from")} size="small" className={styles.half}>
          <Input size="small" type="date" value={draft.from} onChange={(_, { value }) => set({ from: value })} />
        </Field>
        <Field label={t("own.to")} size="small" className={styles.half}>
          <Input size="small" type="date" value={draft.to} onChange={(_, { value }) => set({ to: value })} />
        </Field>
      </div>
      {figures.map((figure, i) => {
        const props = {
          label: figureLabel(figure, draft.entry.instrument, language),
          value: draft.figures[i]!,
          onValue: (value: string) => set({ figures: draft.figures.map((old, k) => (k === i ? value : old)) }),
        };
        return figure.unit === "money" ? (
          <MoneyField key={i} required {...props} />
        ) : (
          <NumberField
            key={i}
            refusal={isFigure(draft.figures[i]!, "rate") ? undefined : t("own.no-rate")}
            {...props}
          />
        );
      })}
      {result && (
        <>
          <Mistakes found={result.found} />
          {result.entry && <Live entry={result.entry} />}
        </>
      )}
      {error !== undefined && <Wrong error={error} />}
      <div className={styles.row}>
        <Button type="submit" size="small" appearance="primary" disabled={!result?.entry}>
          {t("own.save")}
        </Button>
        <Button size="small" onClick={onDone}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

const isComplete = ({ entry, figures, name }: Draft): boolean =>
  name.trim() !== "" && figuresIn(entry.instrument).every(({ unit }, i) => isFigure(figures[i]!, unit));

/** The instrument in hand, or else the first of the place. */
function firstEntry(id: string | undefined, place: Entry["jurisdiction"]): Entry {
  const inHand = id === undefined ? undefined : findEntry(id);
  if (inHand && canBeCopied(inHand) && !isOwn(inHand)) return inHand;
  return CATALOGUE.find((entry) => entry.jurisdiction === place && canBeCopied(entry)) ?? CATALOGUE.find(canBeCopied)!;
}

/** What the policy grants, in words, and for an amount. */
function Live({ entry }: { readonly entry: Entry }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [amount, setAmount] = useState(SAMPLE);
  const plan = planOf(entry, { year: Number(entry.document.window.from.slice(0, 4)) });
  const lines = [
    ...plan.parts.flatMap(({ name, limits }) =>
      limits.map((limit) => (name ? `${name[language]} · ` : "") + limitLine(limit, plan, language)),
    ),
    togetherWords(plan, language),
    ...plan.limits.map((limit) => limitLine(limit, plan, language)),
    minimumWords(plan, language),
    routeWords(plan, language),
    ...gradeLines(plan, language),
  ].filter(Boolean);
  const { fen } = amountOf(amount);
  const sample = fen === undefined ? undefined : sampleOf(entry, fen);
  const [over] = moneyInputs(entry.instrument);
  const binding = sample && workingPaper(sample, {}, language).lines.find(({ binds }) => binds);
  const taken = assumed(entry).map((name) => labelOf(plan.inputs, name, language));
  return (
    <Section title={t("own.means")}>
      {lines.map((line, i) => (
        <Text key={i} size={200} className={styles.line}>
          {line}
        </Text>
      ))}
      <MoneyField label={t("own.sample")} value={amount} onValue={setAmount} />
      {sample && (
        <div className={styles.live} role="status">
          <Text weight="semibold" className={styles.line}>
            {sample.outcome.kind === "award" ? amountWords(sample.fen, language) : refusalText(sample)?.[language]}
          </Text>
          {binding && (
            <Text size={200} className={styles.line}>
              {`${binding.label} ${binding.computation}`}
            </Text>
          )}
          {taken.length > 0 && (
            <Text size={200} className={styles.line}>
              {t("own.assumed", { inputs: taken.join(language === "zh" ? "、" : ", ") })}
            </Text>
          )}
        </div>
      )}
      {over !== undefined && entry.instrument.parts && <SampleCurve entry={entry} over={over} fen={fen ?? 0} />}
    </Section>
  );
}

/** @param over the input that grows; the other amounts are the sample's */
function SampleCurve({ entry, over, fen }: { readonly entry: Entry; readonly over: string; readonly fen: number }) {
  const { language } = usePane();
  const curves = useMemo(() => {
    const sample = sampleRow(entry, fen);
    return curvesOf(sample.plan, sample.row, over, language).curves;
  }, [entry, over, fen, language]);
  if (!curves.length) return null;
  return <CurveChart curves={curves} label={labelOf(entry.instrument.inputs ?? {}, over, language)} />;
}
