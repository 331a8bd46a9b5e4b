import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  makeStyles,
  Text,
} from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { neededInputs, planOf, type Entry, type Input } from "../../rules";
import { usePane } from "../context";
import { Refused } from "../parts/refused";
import { useSelection } from "../selection";
import { COLUMN_LABELS, formulaOf, hasOwnFunction, standTogether, TABLE_COLUMNS } from "./compose";
import { FormulaText } from "./formula-text";
import { InsertButton } from "./insert-button";
import { Preview } from "./preview";
import { PeriodField } from "./period-field";
import { RangeField } from "./range-field";
import { placeIn, readRanges } from "./ranges";
import { proposeTarget, resultArea, spilling } from "./target";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
  grid: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: "8px" },
});

/** Where the result goes, among the fields. */
const TARGET = "target";

export function InsertionForm({ host, entry }: { readonly host: Workbook; readonly entry: Entry }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language, claim, jurisdiction } = usePane();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  const [explicit, setExplicit] = useState(true);
  const sheet = useSelection(host)?.sheet ?? "";
  const { [TARGET]: target = "", ...typed } = fields;
  const inputs: Readonly<Record<string, Input>> = entry.instrument.inputs ?? {};
  const { ranges, faults, rows } = readRanges(typed, sheet);
  const required = new Set(neededInputs(planOf(entry, claim), Object.keys(ranges)));
  const first = placeIn(target, Object.values(ranges)[0]?.sheet ?? sheet);
  const given = Object.keys(inputs).some((name) => ranges[name]);
  const complete = given && first && Object.keys(faults).length === 0;
  const columns = Object.entries(ranges).map(([name, place]) => ({
    name,
    place,
    unit: 1 as const,
    word: inputs[name]?.[language] ?? name,
  }));
  const apart = !host.capabilities.hstack && !standTogether(columns) && !hasOwnFunction(entry, columns);
  const formula =
    complete && !apart
      ? formulaOf({ kind: "one", entry }, columns, { explicit, claim, picked: jurisdiction.id }, first.sheet)
      : undefined;

  async function fill(change: Readonly<Record<string, string>>) {
    const next = { ...fields, ...change };
    setFields(next);
    if (next[TARGET]) return;
    const proposal = await proposeTarget(host, readRanges({ ...typed, ...change }, sheet).ranges);
    if (proposal) setFields((now) => ({ ...now, [TARGET]: now[TARGET] || reference(proposal) }));
  }

  const fieldOf = (name: string, label: string) => (
    <RangeField
      key={name}
      label={label}
      required={required.has(name)}
      value={fields[name] ?? ""}
      fault={faults[name]}
      onValue={(value) => void fill({ [name]: value })}
    />
  );
  const names = Object.keys(inputs);
  const shown = names.filter((name) => required.has(name) || fields[name]);
  const optional = names.filter((name) => !shown.includes(name));
  return (
    <div className={styles.form}>
      <Text size={200}>{t("insertion.how")}</Text>
      <div className={styles.grid}>
        {shown.map((name) => fieldOf(name, inputs[name]![language]))}
        {TABLE_COLUMNS.filter((name) => fields[name]).map((name) => fieldOf(name, t(COLUMN_LABELS[name])))}
      </div>
      <Accordion collapsible>
        <AccordionItem value="more">
          <AccordionHeader size="small">{t("insertion.more")}</AccordionHeader>
          <AccordionPanel>
            <div className={styles.grid}>
              {optional.map((name) => fieldOf(name, inputs[name]![language]))}
              {TABLE_COLUMNS.filter((name) => !fields[name]).map((name) => fieldOf(name, t(COLUMN_LABELS[name])))}
            </div>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
      <PeriodField explicit={explicit} onExplicit={setExplicit} />
      <RangeField
        label={t("insertion.target")}
        required
        value={target}
        fault={target && !first ? "insertion.no-range" : undefined}
        onValue={(value) => setFields({ ...fields, [TARGET]: value })}
      />
      {complete && apart && <Refused words={t("insertion.apart")} />}
      {formula && first && (
        <>
          <FormulaText formula={formula} />
          <Preview host={host} formula={formula} area={resultArea(first, rows)} />
          <InsertButton
            key={formula + target}
            host={host}
            entries={[spilling(resultArea(first, rows), formula)]}
            area={resultArea(first, rows)}
            result={resultArea(first, rows)}
          />
        </>
      )}
    </div>
  );
}
