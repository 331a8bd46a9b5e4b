/** The fields of forms: amounts with a unit, numbers, choices. */
import { Field, Input, makeStyles, Select } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Unit } from "../../tables";
import { usePane } from "../context";
import { amountWords } from "../money";
import { amountOf, grouped, joinAmount, splitAmount, UNIT_WORDS } from "./amount";
import { useUsualUnit } from "./usual-unit";

const useStyles = makeStyles({
  row: { display: "flex", gap: "4px" },
  unit: { flex: "0 0 76px", minWidth: 0 },
  // A text box is twenty characters wide unless it may be narrower.
  field: { minWidth: 0 },
  input: { flex: "1 1 0", minWidth: 0, "& input": { minWidth: 0, width: "100%" } },
});

interface MoneyProps {
  readonly label: string;
  /** What the label says on being pointed at. */
  readonly title?: string;
  readonly hint?: string | undefined;
  /** As `joinAmount` writes it. */
  readonly value: string;
  /** Before any unit was chosen. */
  readonly unit?: Unit;
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly onValue: (value: string) => void;
}

/** An amount and its unit; below, how it was understood. */
export function MoneyField(props: MoneyProps) {
  const { label, title, hint, value, unit: first = 1, placeholder, required = false, onValue } = props;
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [usual, choose] = useUsualUnit();
  // While one types, nothing is put in order under the fingers.
  const [draft, setDraft] = useState<string>();
  const [last, setLast] = useState<Unit>();
  const { number, unit = last ?? usual ?? first } = splitAmount(value);
  const { fen, refusal } = amountOf(value);
  const missing = required && fen === undefined && !refusal;
  return (
    <Field
      label={{ children: label, title }}
      size="small"
      className={styles.field}
      hint={fen === undefined ? (hint ?? null) : amountWords(fen, language)}
      validationState={refusal ? "error" : missing ? "warning" : "none"}
      validationMessage={refusal ? refusal[language] : missing ? t("parts.missing") : null}
    >
      <span className={styles.row}>
        <Input
          size="small"
          className={styles.input}
          inputMode="decimal"
          value={draft ?? grouped(number)}
          {...(placeholder !== undefined && { placeholder })}
          onChange={(_, { value: typed }) => {
            setDraft(typed);
            setLast(unit);
            onValue(joinAmount(typed, unit));
          }}
          // Digits that are typed among commas that nobody typed would part them wrongly.
          onFocus={() => setDraft(number)}
          onBlur={() => setDraft(undefined)}
        />
        <Field className={styles.unit}>
          <Select
            size="small"
            value={String(unit)}
            aria-label={t("parts.unit-of", { label })}
            onChange={(_, { value: key }) => {
              const chosen = Number(key) as Unit;
              setLast(chosen);
              choose(chosen);
              onValue(joinAmount(number, chosen));
            }}
          >
            {Object.entries(UNIT_WORDS).map(([key, words]) => (
              <option key={key} value={key}>
                {t(words)}
              </option>
            ))}
          </Select>
        </Field>
      </span>
    </Field>
  );
}

interface TextProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly refusal?: string | undefined;
  readonly placeholder?: string;
  readonly onValue: (value: string) => void;
}

/** A line of text, or a number that needs no unit. */
export function NumberField({ label, hint, value, refusal, placeholder, onValue }: TextProps) {
  const styles = useStyles();
  return (
    <Field
      label={label}
      size="small"
      className={styles.field}
      hint={hint ?? null}
      validationState={refusal ? "error" : "none"}
      validationMessage={refusal ?? null}
    >
      <Input
        size="small"
        className={styles.input}
        value={value}
        {...(placeholder !== undefined && { placeholder })}
        onChange={(_, data) => onValue(data.value)}
      />
    </Field>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly options: readonly (readonly [key: string, label: string])[];
  readonly onValue: (value: string) => void;
}

export function ChoiceField({ label, hint, value, options, onValue }: ChoiceProps) {
  return (
    <Field label={label} size="small" hint={hint ?? null}>
      <Select size="small" value={value} onChange={(_, data) => onValue(data.value)}>
        {options.map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}
