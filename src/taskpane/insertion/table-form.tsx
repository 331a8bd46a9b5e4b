/** From a table to a new column beside it. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { columnName, parseAddress, reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { policyColumns } from "../../tables";
import { usePane } from "../context";
import { Refused } from "../parts/refused";
import type { TableInHand } from "../table-in-hand";
import { newColumn } from "./column";
import { ExportButton } from "./export-button";
import { FormulaText } from "./formula-text";
import { InsertButton } from "./insert-button";
import { Outcome } from "./outcome";
import { columnOfIds } from "./policy";
import { PeriodField } from "./period-field";
import { RangeField } from "./range-field";
import { placeIn } from "./ranges";
import { answersOf, refusalOf, type Under } from "./rows";
import { UnderstoodTable, useUnderstoodTable } from "./understood-table";

const useStyles = makeStyles({
  form: { display: "flex", flexDirection: "column", gap: "8px" },
});

interface Props {
  readonly host: Workbook;
  readonly table: TableInHand;
}

export function TableForm({ host, table }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language, claim, jurisdiction } = usePane();
  const { understanding, shown } = useUnderstoodTable(host, table);
  const { under, matches, missing } = understanding;
  const [explicit, setExplicit] = useState(true);
  const [target, setTarget] = useState("");
  const answers = useMemo(() => {
    if (!under || !matches.some(({ name }) => name)) return undefined;
    try {
      return answersOf(table, matches, under, claim);
    } catch (error) {
      return refusalOf(error);
    }
  }, [table, matches, under, claim]);

  const place = target ? placeIn(target, table.sheet) : null;
  const column = place?.sheet === table.sheet ? parseAddress(place.address)!.column : freeColumn(table);
  const inserted =
    under && answers && "length" in answers && missing.length === 0
      ? newColumn({
          table,
          matches,
          under,
          period: { explicit, claim, picked: jurisdiction.id },
          column,
          titles: titlesOf(under, language, t("insertion.award"), t("insertion.policy")),
          instruments: under.kind === "rows" ? columnOfIds(table, policyColumns(table.region)) : undefined,
          hstack: host.capabilities.hstack,
          language,
        })
      : undefined;
  return (
    <div className={styles.form}>
      <UnderstoodTable {...shown} />
      {answers && !("length" in answers) && <Refused words={answers[language]} />}
      {inserted && answers && "length" in answers && (
        <>
          <Outcome table={table} matches={matches} answers={answers} column={column} />
          <InsertButton
            key={`${inserted.formula}${column}`}
            host={host}
            entries={inserted.entries}
            area={inserted.area}
            source={inserted.block && inserted.source}
            result={{ sheet: table.sheet, address: `${columnName(column)}${table.region.rows[0]! + 1}` }}
          />
          {inserted.block && (
            <Text size={200}>{t("insertion.block", { where: reference(inserted.block, table.sheet) })}</Text>
          )}
          {under && under.kind !== "best" && <ExportButton host={host} table={table} matches={matches} under={under} />}
          <FormulaText formula={inserted.formula} />
          <PeriodField explicit={explicit} onExplicit={setExplicit} />
          <RangeField
            label={t("insertion.target-column")}
            value={target || columnName(column)}
            fault={target && place?.sheet !== table.sheet ? "insertion.no-range" : undefined}
            onValue={setTarget}
          />
        </>
      )}
    </div>
  );
}

/** The first column right of the table that is free beside all its rows. */
function freeColumn({ cells, region: { area } }: TableInHand): number {
  let column = area.column + area.columns;
  const isFilled = (c: number) =>
    Array.from({ length: area.rows }, (_, r) => cells.values[area.row + r]?.[c] ?? "").some((value) => value !== "");
  while (isFilled(column)) column++;
  return column;
}

function titlesOf(under: Under, language: "zh" | "en", award: string, policy: string): [string, ...string[]] {
  if (under.kind === "best") return [award, policy];
  return [
    under.kind === "one" ? `${under.entry.instrument.name[language]}${language === "zh" ? "" : ": "}${award}` : award,
  ];
}
