/** One input of the form, as its kind asks: a number, yes or no, one of several. */
import { Field, Input as TextBox, Radio, RadioGroup, Select } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { Refusal, type Input } from "../../rules";
import { readAmount } from "../../tables";
import { inputWords } from "../../writers/terms";
import { usePane } from "../context";
import { amountWords } from "../money";

interface Props {
  readonly name: string;
  readonly input: Input;
  readonly value: string;
  readonly missing: boolean;
  readonly refusal: string | undefined;
  readonly onValue: (value: string) => void;
}

export function InputField({ name, input, value, missing, refusal, onValue }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const message = refusal ?? (missing ? t("trial.missing") : null);
  return (
    <Field
      label={{ children: input[language], title: inputWords(name, input, language) }}
      size="small"
      hint={input.kind === "money" ? echo(value, language) : null}
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
  const byDefault = input.default === undefined || input["required-if"] ? "" : String(input.default);
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
      inputMode="decimal"
      value={value}
      placeholder={byDefault}
      contentAfter={input.kind === "money" ? t("yuan") : null}
      onChange={(_, data) => onValue(data.value)}
    />
  );
}

/** The amount as it was understood, in both units: 元 entered as 万元 shows here. */
function echo(value: string, language: "zh" | "en"): string | null {
  if (!value.trim()) return null;
  try {
    return amountWords(readAmount(value), language);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
