/** Try: the instrument's own form, the award and its workings as you type, other readings and places beside it. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Field,
  Input,
  makeStyles,
  Select,
  Text,
} from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { award as awardOf, entryShown, GENERAL_INPUTS, readingsOf, type Award, type Entry } from "../../rules";
import { usePane } from "../context";
import { InstrumentSelect } from "../instrument-select";
import { StatusBadge } from "../status-badge";
import { Paper } from "../working/paper";
import { InputField } from "./field";
import { OtherPlaces } from "./places";
import { OtherReadings } from "./readings";
import { readTrial, YEAR, type Trial } from "./row";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))",
    gap: "8px",
    alignItems: "start",
  },
  badges: { display: "flex", flexWrap: "wrap", alignItems: "center", gap: "4px 8px", margin: "8px 0" },
});

/** Pools and targets pay nobody: there is nothing to try. */
const payable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

export default function TrialView() {
  const { claim, instrument } = usePane();
  const entry = instrument === undefined ? undefined : entryShown(instrument, claim);
  return (
    <div>
      <InstrumentSelect offers={payable} />
      {entry && <TrialOf key={entry.instrument.id} entry={entry} />}
    </div>
  );
}

function TrialOf({ entry }: { readonly entry: Entry }) {
  const styles = useStyles();
  const { claim, language, typed } = usePane();
  const words = useMemo(() => typed[entry.instrument.id] ?? {}, [typed, entry]);
  const trial = useMemo(() => readTrial(entry, claim, words), [entry, claim, words]);
  const award = useMemo(() => awardOf(trial.plan, trial.row), [trial]);
  return (
    <>
      <div className={styles.badges}>
        <Text as="h2" weight="semibold" style={{ margin: 0 }}>
          {entry.instrument.name[language]}
        </Text>
        <StatusBadge entry={entry} claim={trial.plan.claim} />
      </div>
      <Form entry={entry} trial={trial} award={award} />
      <Paper award={award} row={trial.row} />
      <OtherReadings award={award} row={trial.row} />
      <OtherPlaces entry={entry} claim={trial.plan.claim} typed={words} />
    </>
  );
}

interface FormProps {
  readonly entry: Entry;
  readonly trial: Trial;
  readonly award: Award;
}

function Form({ entry, trial, award }: FormProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language, claim, typed, type } = usePane();
  const { id, inputs = {} } = entry.instrument;
  const words = typed[id] ?? {};
  const { outcome } = award;
  const missing = outcome.kind === "incomplete" || outcome.kind === "unquantified" ? outcome.missing : [];
  const fieldsOf = (some: typeof inputs) =>
    Object.entries(some).map(([name, input]) => (
      <InputField
        key={name}
        name={name}
        input={input}
        value={words[name] ?? ""}
        missing={missing.includes(name)}
        refusal={trial.refusals[name]?.[language]}
        onValue={(value) => type(id, name, value)}
      />
    ));
  return (
    <>
      <div className={styles.form}>{fieldsOf(inputs)}</div>
      <Accordion collapsible multiple>
        <AccordionItem value="more">
          <AccordionHeader size="small">{t("trial.more")}</AccordionHeader>
          <AccordionPanel>
            <div className={styles.form}>
              <Field
                label={t("trial.claim")}
                size="small"
                validationState={trial.refusals[YEAR] ? "error" : "none"}
                validationMessage={trial.refusals[YEAR]?.[language] ?? null}
              >
                <Input
                  size="small"
                  value={words[YEAR] ?? ""}
                  placeholder={String(claim.year)}
                  onChange={(_, { value }) => type(id, YEAR, value)}
                />
              </Field>
              {Object.entries(readingsOf(entry.instrument)).map(([name, reading]) => (
                <Field key={name} label={reading.doubt[language]} hint={reading.why[language]} size="small">
                  <Select
                    size="small"
                    value={trial.plan.readings[name] ?? ""}
                    onChange={(_, { value }) => type(id, name, value)}
                  >
                    {Object.entries(reading.options).map(([option, text]) => (
                      <option key={option} value={option}>
                        {text[language]}
                      </option>
                    ))}
                  </Select>
                </Field>
              ))}
              {fieldsOf(GENERAL_INPUTS)}
            </div>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </>
  );
}
