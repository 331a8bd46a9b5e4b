/** One input of the form, as its kind asks: a number, yes or no, one of several. */
import { Field, Input as TextBox, makeStyles, Radio, RadioGroup, Select } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import type { Input } from "../../rules";
import { inputWords } from "../../writers/terms";
import { usePane } from "../context";
import { MoneyField } from "../parts/fields";

/** An amount has its unit beside it: a line of its own. */
const useStyles = makeStyles({ wide: { gridColumn: "1 / -1" } });

const defaultOf = (input: Input): string =>
  input.default === undefined || input["required-if"] ? "" : String(input.default);

interface Props {
  readonly name: string;
  readonly input: Input;
  readonly value: string;
  readonly missing: boolean;
  readonly refusal: string | undefined;
  readonly onValue: (value: string) => void;
}

export function InputField({ name, input, value, missing, refusal, onValue }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  if (input.kind === "money") {
    return (
      <div className={styles.wide}>
        <MoneyField
          label={input[language]}
          title={inputWords(name, input, language)}
          value={value}
          placeholder={defaultOf(input)}
          required={missing}
          onValue={onValue}
        />
      </div>
    );
  }
  const message = refusal ?? (missing ? t("trial.missing") : null);
  return (
    <Field
      label={{ children: input[language], title: inputWords(name, input, language) }}
      size="small"
      validationState={refusal ? "error" : missing ? "warning" : "none"}
      validationMessage={message}
    >
      <Control input={input} value={value} onValue={onValue} />
    </Field>
  );
}

function Control({ input, value, onValue, ...field }: Pick<Props, "input" | "value" | "onValue">) {
  const { t } = useTranslation();
  const { language } = usePane();
  const byDefault = defaultOf(input);
  if (input.kind === "flag") {
    return (
      <RadioGroup {...field} layout="horizontal" value={value || byDefault} onChange={(_, data) => onValue(data.value)}>
        <Radio value="true" label={t("yes")} />
        <Radio value="false" label={t("no")} />
      </RadioGroup>
    );
  }
  if (input.kind === "choice") {
    return (
      <Select {...field} size="small" value={value || byDefault} onChange={(_, data) => onValue(data.value)}>
        {!byDefault && <option value="">{t("trial.choose")}</option>}
        {Object.entries(input.options ?? {}).map(([key, text]) => (
          <option key={key} value={key}>
            {text[language]}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <TextBox
      {...field}
      size="small"
      {...(input.kind === "date" ? { type: "date" as const } : { inputMode: "decimal" as const })}
      value={value}
      placeholder={byDefault}
      onChange={(_, data) => onValue(data.value)}
    />
  );
}
