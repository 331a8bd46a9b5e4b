/** Which policy the rows are computed under: one, one for each row by the table's own columns, or the best of a kind. */
import { Field, Select } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { CATALOGUE, FAMILIES, findEntry, isInForce, type Claim, type Entry, type Jurisdiction } from "../../rules";
import { withThoseAbove } from "../../functions/period";
import { entryOfRow, nameOf, policyColumns, valueAt, type PolicyColumns } from "../../tables";
import { usePane } from "../context";
import type { TableInHand } from "../table-in-hand";
import type { Under } from "./rows";

export const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

/** By row, in the choice of policies; else an id, or the best of a family. */
export const BY_ROW = "rows";
const BEST = "best:";

const inForce = (claim: Claim): Entry[] =>
  CATALOGUE.filter((entry) => computable(entry) && isInForce(entry.document, claim));

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
  otherwise: { readonly place: Jurisdiction; readonly family: string | undefined },
  claim: Claim,
): Under | undefined {
  const columns = policyColumns(table.region);
  if (choice === BY_ROW && columns) {
    const entries = table.region.rows.map((row) =>
      entryOfRow((column) => valueAt(table, row, column), columns, otherwise, claim),
    );
    return { kind: "rows", entries };
  }
  if (choice.startsWith(BEST)) {
    const family = choice.slice(BEST.length);
    const places = withThoseAbove(otherwise.place);
    return { kind: "best", family, places, entries: choices(family, places, claim) };
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

interface Props {
  readonly choice: string;
  readonly table: TableInHand;
  readonly onChoice: (choice: string) => void;
}

export function PolicySelect({ choice, table, onChoice }: Props) {
  const { t } = useTranslation();
  const { jurisdiction, claim, language } = usePane();
  const columns = policyColumns(table.region);
  const chosen = findEntry(choice);
  const here = inForce(claim).filter((entry) => entry.jurisdiction === jurisdiction);
  const stranger = chosen && !here.includes(chosen) ? chosen : undefined;
  const headers = Object.values(columns ?? {}).map(
    (column: number) => table.region.columns.find((one) => one.column === column)!.header,
  );
  const nameIn = (entry: Entry) => entry.instrument.name[language];
  return (
    <Field label={t("insertion.policy")} required size="small">
      <Select size="small" value={choice} onChange={(_, { value }) => onChoice(value)}>
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
        <optgroup label={t("insertion.best-group")}>
          {familiesToChooseFrom(jurisdiction, claim).map((family) => (
            <option key={family} value={BEST + family}>
              {t("insertion.best", { family: FAMILIES[family]![language] })}
            </option>
          ))}
        </optgroup>
      </Select>
    </Field>
  );
}
