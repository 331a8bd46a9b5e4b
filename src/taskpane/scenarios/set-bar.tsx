/** Fills the table of scenarios: a new row, a ready-made set, or a range of the workbook; and keeps it in the workbook. */
import { Button, Field, makeStyles, Select, Text } from "@fluentui/react-components";
import { AddRegular, DeleteRegular, TableAddRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Place, Workbook } from "../../host/workbook";
import type { Entry } from "../../rules";
import type { Cell } from "../../tables";
import { usePane } from "../context";
import { RangeField } from "../insertion/range-field";
import { Wrong } from "../parts/refused";
import { PlaceLink } from "../place-link";
import { readRange } from "./base";
import type { ScenarioForm } from "./form";
import { setSheet } from "./set-sheet";
import { rowsIn, rowsOf, type ScenarioColumn } from "./table";
import { templateOf, TEMPLATES, type Template } from "./templates";

const useStyles = makeStyles({
  bar: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "end", margin: "4px 0" },
  template: { flexGrow: 1, minWidth: "120px" },
});

type Outcome = { readonly written: Place } | { readonly read: number } | { readonly error: unknown } | undefined;

interface Props {
  readonly host: Workbook;
  readonly entries: readonly Entry[];
  readonly columns: readonly ScenarioColumn[];
  readonly form: ScenarioForm;
}

export function SetBar({ host, entries, columns, form: { typed, rows, change, setRows } }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { claim, language } = usePane();
  const [outcome, setOutcome] = useState<Outcome>();
  const template = (typed.template ?? TEMPLATES[0]) as Template;
  const attempt = (work: () => Promise<Outcome>): void => {
    work().then(setOutcome, (error: unknown) => setOutcome({ error }));
  };

  const read = async (): Promise<Outcome> => {
    const { matrix } = await readRange(host, typed.table ?? "", "");
    const found = rowsIn(matrix as readonly (readonly Cell[])[]);
    setRows(found);
    return { read: found.length };
  };
  const write = async (): Promise<Outcome> => {
    const { sheet, address } = setSheet(t("scenarios.table"), rows, columns, language);
    const written = { sheet: await host.addSheet(sheet), address };
    change("table", reference(written));
    return { written };
  };
  return (
    <>
      <div className={styles.bar}>
        <Field
          label={t("scenarios.template")}
          size="small"
          className={styles.template}
          hint={entries.length ? null : t("scenarios.policy-first")}
        >
          <Select size="small" value={template} onChange={(_, { value }) => change("template", value)}>
            {TEMPLATES.map((name) => (
              <option key={name} value={name}>
                {t(`scenarios.template-${name}`)}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          size="small"
          disabled={!entries.length}
          onClick={() => setRows([...rows, ...rowsOf(templateOf(template, entries, claim, language))])}
        >
          {t("scenarios.add-template")}
        </Button>
        <Button
          size="small"
          icon={<AddRegular />}
          onClick={() => setRows([...rows, { name: t("scenarios.new-name", { n: rows.length + 1 }) }])}
        >
          {t("scenarios.add")}
        </Button>
      </div>
      <RangeField
        label={t("scenarios.table-range")}
        value={typed.table ?? ""}
        fault={undefined}
        onValue={(value) => change("table", value)}
      />
      <div className={styles.bar}>
        <Button size="small" disabled={!typed.table?.trim()} onClick={() => attempt(read)}>
          {t("scenarios.read")}
        </Button>
        <Button size="small" icon={<TableAddRegular />} disabled={!rows.length} onClick={() => attempt(write)}>
          {t("scenarios.write")}
        </Button>
        <Button size="small" icon={<DeleteRegular />} disabled={!rows.length} onClick={() => setRows([])}>
          {t("scenarios.clear")}
        </Button>
      </div>
      <div role="status">
        {outcome && "written" in outcome && (
          <Text size={200}>
            {t("scenarios.written")} <PlaceLink place={outcome.written} />
          </Text>
        )}
        {outcome && "read" in outcome && <Text size={200}>{t("scenarios.read-rows", { n: outcome.read })}</Text>}
        {outcome && "error" in outcome && <Wrong error={outcome.error} />}
      </div>
    </>
  );
}
