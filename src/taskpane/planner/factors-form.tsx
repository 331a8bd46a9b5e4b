/** What moves claims together: good, usual and bad times, of all claims or of one group. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Input,
  makeStyles,
  Text,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChoiceField } from "../parts/fields";
import type { Claims } from "./claims";
import type { FieldName, Form } from "./form";
import { factorTextsOf, groupsOf } from "./groups";

const useStyles = makeStyles({
  grid: {
    display: "grid",
    gridTemplateColumns: "minmax(32px, auto) repeat(3, minmax(0, 1fr))",
    gap: "4px",
    alignItems: "center",
    margin: "8px 0",
  },
  input: { minWidth: 0, "& input": { minWidth: 0, width: "100%" } },
});

const STATES = [0, 1, 2] as const;
const FIELDS = ["chance", "probability", "size"] as const;
const PLACEHOLDERS = [
  ["0.25", "1.2", "1.1"],
  ["0.5", "1", "1"],
  ["0.25", "0.7", "0.9"],
] as const;

interface Props {
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  readonly claims: Claims | undefined;
}

export function FactorsForm({ form, onForm, claims }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [group, setGroup] = useState("");
  const factors = factorTextsOf(form);
  const names = claims ? groupsOf(claims).flatMap(({ name }) => (name ? [name] : [])) : [];
  const of = names.includes(group) ? group : "";
  const texts = factors[of] ?? [];
  const change = (state: number, field: number, words: string): void => {
    const rows = STATES.map((k) => FIELDS.map((_, f) => (k === state && f === field ? words : (texts[k]?.[f] ?? ""))));
    onForm("factors", JSON.stringify({ ...factors, [of]: rows }));
  };
  return (
    <Accordion collapsible defaultOpenItems={form.factors ? ["factors"] : []}>
      <AccordionItem value="factors">
        <AccordionHeader size="small">{t("planner.factors")}</AccordionHeader>
        <AccordionPanel>
          <Text size={200} block>
            {t("planner.factors-hint")}
          </Text>
          {names.length > 0 && (
            <ChoiceField
              label={t("planner.factor-of")}
              value={of}
              options={[["", t("planner.factor-all")], ...names.map((name) => [name, name] as const)]}
              onValue={setGroup}
            />
          )}
          <div className={styles.grid}>
            <span />
            {FIELDS.map((field) => (
              <Text key={field} size={200}>
                {t(`planner.state-${field}`)}
              </Text>
            ))}
            {STATES.flatMap((state) => [
              <Text key={state} size={200}>
                {t(`planner.state-${state}`)}
              </Text>,
              ...FIELDS.map((field, f) => (
                <Input
                  key={`${state} ${field}`}
                  size="small"
                  className={styles.input}
                  aria-label={t("planner.state-field", {
                    state: t(`planner.state-${state}`),
                    field: t(`planner.state-${field}`),
                  })}
                  placeholder={PLACEHOLDERS[state][f]}
                  value={texts[state]?.[f] ?? ""}
                  onChange={(_, { value }) => change(state, f, value)}
                />
              )),
            ])}
          </div>
          {texts.some((row) => row.some(Boolean)) && (
            <Button size="small" onClick={() => onForm("factors", JSON.stringify({ ...factors, [of]: [] }))}>
              {t("planner.factors-clear")}
            </Button>
          )}
        </AccordionPanel>
      </AccordionItem>
    </Accordion>
  );
}
