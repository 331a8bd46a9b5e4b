/** The fields of forms: amounts with a unit, numbers, choices. */
import { Field, Input, makeStyles, Select } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import { amountWords } from "../money";
import { UNITS, type TypedAmount } from "./amount";

const useStyles = makeStyles({
  row: { display: "grid", gridTemplateColumns: "minmax(0, 1fr) 88px", gap: "8px", alignItems: "start" },
  // A text box is twenty characters wide unless it may be narrower.
  field: { minWidth: 0 },
  input: { minWidth: 0, "& input": { minWidth: 0, width: "100%" } },
});

interface MoneyProps {
  readonly label: string;
  readonly hint?: string;
  readonly money: TypedAmount;
  readonly required?: boolean;
  readonly onText: (text: string) => void;
  readonly onUnit: (unit: string) => void;
}

/** An amount and its unit; below, how it was understood. */
export function MoneyField({ label, hint, money, required = false, onText, onUnit }: MoneyProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const { text, unit, fen, refusal } = money;
  const missing = required && fen === undefined && !refusal;
  return (
    <div className={styles.row}>
      <Field
        label={label}
        size="small"
        hint={fen === undefined ? (hint ?? null) : amountWords(fen, language)}
        validationState={refusal ? "error" : missing ? "warning" : "none"}
        validationMessage={refusal ? refusal[language] : missing ? t("parts.missing") : null}
      >
        <Input size="small" inputMode="decimal" value={text} onChange={(_, { value }) => onText(value)} />
      </Field>
      <Field label={t("parts.unit")} size="small">
        <Select
          size="small"
          value={unit}
          onChange={(_, { value }) => onUnit(value)}
          aria-label={t("parts.unit-of", { label })}
        >
          {(Object.keys(UNITS) as (keyof typeof UNITS)[]).map((key) => (
            <option key={key} value={key}>
              {t(`parts.unit-${key}`)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
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

/** A number in words that need no unit. */
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
