/** Which policy the rows are computed under: one, one for each row by the table's own columns, or the best of a kind. */
import { Field, Select } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { CATALOGUE, FAMILIES, findEntry, isInForce, type Claim, type Entry, type Jurisdiction } from "../../rules";
import { entryName } from "../../writers/terms";
import { withThoseAbove } from "../../functions/period";
import { entryOfRow, isSupport, nameOf, policyColumns, valueAt, type PolicyColumns } from "../../tables";
import { usePane } from "../context";
import { useFirstField } from "../focus";
import type { TableInHand } from "../table-in-hand";
import type { Under } from "./rows";

export const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

/** By row, in the choice of policies; else an id, or the best of a family. */
export const BY_ROW = "rows";
const BEST = "best:";

const inForce = (claim: Claim): Entry[] => CATALOGUE.filter((entry) => computable(entry) && isInForce(entry, claim));

/** What the rows may choose from: the instruments of a family in a place and those above it. */
const choices = (family: string, places: readonly Jurisdiction[], claim: Claim): Entry[] =>
  inForce(claim).filter(
    ({ instrument, jurisdiction }) => instrument.family === family && instrument.parts && places.includes(jurisdiction),
  );

/** The families with more than one instrument to choose from. */
function familiesToChooseFrom(place: Jurisdiction, claim: Claim): string[] {
  const places = withThoseAbove(place);
  return Object.keys(FAMILIES).filter((family) => choices(family, places, claim).length > 1);
}

/** What a choice means for the rows of a table; undefined before anything was chosen. */
export function underOf(
  choice: string,
  table: TableInHand,
  { place, instrument }: { readonly place: Jurisdiction; readonly instrument: string | undefined },
  claim: Claim,
): Under | undefined {
  const columns = policyColumns(table.region);
  const family = (instrument === undefined ? undefined : findEntry(instrument))?.instrument.family ?? "compute-voucher";
  if (choice === BY_ROW && columns) {
    const entries = table.region.rows.map((row) =>
      entryOfRow((column) => valueAt(table, row, column), columns, { place, family }, claim),
    );
    return { kind: "rows", entries };
  }
  if (choice.startsWith(BEST)) {
    const kind = choice.slice(BEST.length);
    const places = withThoseAbove(place);
    return { kind: "best", family: kind, places, entries: choices(kind, places, claim) };
  }
  const entry = findEntry(choice);
  return entry && computable(entry) ? { kind: "one", entry } : undefined;
}

/** The column that holds an id for each row, where a formula may read it as it stands. */
export function columnOfIds(table: TableInHand, columns: PolicyColumns | undefined): number | undefined {
  const column = columns?.instrument;
  if (column === undefined) return undefined;
  const known = table.region.rows.every((row) => findEntry(nameOf(table.cells.values[row]?.[column] ?? "")));
  return known ? column : undefined;
}

/** Whether the first of its rows name a policy, or a kind of support, that is in the catalogue. */
export function namesPolicies(table: TableInHand, { instrument, support }: PolicyColumns): boolean {
  const column = instrument ?? support;
  const words = column === undefined ? [] : table.region.rows.slice(0, FIRST).map((row) => valueAt(table, row, column));
  return words.some((word) => isSupport(nameOf(word)));
}
const FIRST = 2 ** 6;

const POLICY_OF_TABLES = "table-policy";

/** The policy chosen for the rows of a table, the same for every job. */
export function useChoice(table: TableInHand): [string, (choice: string) => void] {
  const { instrument, choose, typed, type } = usePane();
  const columns = policyColumns(table.region);
  const kept = typed[POLICY_OF_TABLES]?.[table.sheet];
  const mode = kept ?? (columns && namesPolicies(table, columns) ? BY_ROW : "");
  const possible = mode === BY_ROW ? columns : mode;
  return [
    possible ? mode : (instrument ?? ""),
    (choice) => {
      const entry = findEntry(choice);
      if (entry) choose(choice);
      type(POLICY_OF_TABLES, table.sheet, entry ? "" : choice);
    },
  ];
}

/** What a choice means for the rows, with the pick for what they leave open. */
export function useUnder(choice: string, table: TableInHand): Under | undefined {
  const { instrument, jurisdiction, claim } = usePane();
  return useMemo(
    () => underOf(choice, table, { place: jurisdiction, instrument }, claim),
    [choice, table, jurisdiction, instrument, claim],
  );
}

interface Props {
  readonly choice: string;
  readonly table: TableInHand;
  /** Whether the best of a kind may be chosen. */
  readonly best: boolean;
  readonly onChoice: (choice: string) => void;
}

export function PolicySelect({ choice, table, best, onChoice }: Props) {
  const { t } = useTranslation();
  const { jurisdiction, claim, language } = usePane();
  const first = useFirstField<HTMLSelectElement>(!choice);
  const columns = policyColumns(table.region);
  const chosen = findEntry(choice);
  const here = inForce(claim).filter((entry) => entry.jurisdiction === jurisdiction);
  const stranger = chosen && !here.includes(chosen) ? chosen : undefined;
  const headers = Object.values(columns ?? {}).map(
    (column: number) => table.region.columns.find((one) => one.column === column)!.header,
  );
  const nameIn = (entry: Entry) => entryName(entry, language);
  return (
    <Field label={t("insertion.policy")} required size="small">
      <Select size="small" select={{ ref: first }} value={choice} onChange={(_, { value }) => onChoice(value)}>
        {!choice && <option value="">{t("instrument.choose-one")}</option>}
        {stranger && (
          <option value={stranger.instrument.id}>
            {`${nameIn(stranger)} · ${stranger.jurisdiction.name[language]}`}
          </option>
        )}
        {columns && (
          <option value={BY_ROW}>
            {t("insertion.by-row", { columns: headers.join(language === "zh" ? "、" : ", ") })}
          </option>
        )}
        {Object.entries(FAMILIES).map(([family, name]) => {
          const members = here.filter(({ instrument }) => instrument.family === family);
          return members.length === 0 ? null : (
            <optgroup key={family} label={name[language]}>
              {members.map((entry) => (
                <option key={entry.instrument.id} value={entry.instrument.id}>
                  {nameIn(entry)}
                </option>
              ))}
            </optgroup>
          );
        })}
        {best && (
          <optgroup label={t("insertion.best-group")}>
            {familiesToChooseFrom(jurisdiction, claim).map((family) => (
              <option key={family} value={BEST + family}>
                {t("insertion.best", { family: FAMILIES[family]![language] })}
              </option>
            ))}
          </optgroup>
        )}
      </Select>
    </Field>
  );
}
