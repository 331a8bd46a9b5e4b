/** From a table to a new column beside it. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { columnName, parseAddress, reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { findEntry, type Entry } from "../../rules";
import { matchColumns, missingInputs, policyColumns, type Unit } from "../../tables";
import { usePane } from "../context";
import { Refused } from "../parts/refused";
import { Section } from "../section";
import { chosenIn, keepChosen, type Chosen, type TableInHand } from "../table-in-hand";
import { newColumn } from "./column";
import { ExportButton } from "./export-button";
import { FormulaText } from "./formula-text";
import { InsertButton } from "./insert-button";
import { MatchList } from "./match-list";
import { Outcome } from "./outcome";
import { BY_ROW, columnOfIds, PolicySelect, underOf } from "./policy";
import { PeriodField } from "./period-field";
import { RangeField } from "./range-field";
import { placeIn } from "./ranges";
import { answersOf, entriesOf, refusalOf, type Under } from "./rows";
import { TableCard } from "./table-card";

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
  const { language, claim, jurisdiction, instrument, choose } = usePane();
  const named = policyColumns(table.region);
  const ids = columnOfIds(table, named);
  // A table that names its policies is computed by them; any other by the policy in hand.
  const [mode, setMode] = useState<string | undefined>(ids === undefined ? undefined : BY_ROW);
  const choice = mode ?? instrument ?? "";
  const [chosen, setChosen] = useState<ReadonlyMap<string, Chosen>>(new Map());
  const [explicit, setExplicit] = useState(true);
  const [target, setTarget] = useState("");

  useEffect(() => {
    let current = true;
    // Without the notes every choice can still be made anew.
    chosenIn(host).then(
      (found) => current && setChosen((now) => new Map([...found, ...now])),
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [host]);

  const family = (instrument === undefined ? undefined : findEntry(instrument))?.instrument.family;
  const under = useMemo(
    () => underOf(choice, table, { place: jurisdiction, family: family ?? "compute-voucher" }, claim),
    [choice, table, jurisdiction, family, claim],
  );
  const entries = useMemo(() => (under ? entriesOf(under) : []), [under]);
  const matches = useMemo(() => matched(table, entries, chosen), [table, entries, chosen]);
  const missing = under?.kind === "one" ? missingInputs(under.entry, matches, claim, language) : [];
  const answers = useMemo(() => {
    if (!under || !matches.some(({ name }) => name)) return undefined;
    try {
      return answersOf(table, matches, under, claim);
    } catch (error) {
      return refusalOf(error);
    }
  }, [table, matches, under, claim]);

  function onPolicy(value: string) {
    const entry = findEntry(value);
    if (entry) choose(value);
    setMode(entry ? undefined : value);
  }
  function onChoose(header: string, name: string, unit?: Unit) {
    const next = { name, ...(unit && { unit }) };
    setChosen((before) => new Map([...before, [header, next]]));
    // A workbook that keeps no notes forgets the choice; the table is computed all the same.
    keepChosen(host, header, next).catch(() => undefined);
  }
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
          instruments: under.kind === "rows" ? ids : undefined,
          hstack: host.capabilities.hstack,
          language,
        })
      : undefined;
  return (
    <div className={styles.form}>
      <TableCard table={table} />
      <PolicySelect choice={choice} table={table} onChoice={onPolicy} />
      {under && (
        <Section title={t("insertion.columns")}>
          <MatchList table={table} matches={matches} entries={entries} onChoose={onChoose} />
        </Section>
      )}
      {missing.length > 0 && (
        <Refused words={t("insertion.missing", { inputs: missing.join(language === "zh" ? "、" : ", ") })} />
      )}
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

const matched = (table: TableInHand, entries: readonly Entry[], chosen: ReadonlyMap<string, Chosen>) => {
  const units = [...chosen].flatMap(([header, { unit }]) => (unit ? [[header, unit] as const] : []));
  const names = [...chosen].map(([header, { name }]) => [header, name] as const);
  return matchColumns(table.region, entries, new Map(names), new Map(units));
};

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
