/** A table as it is understood, open to correction: where it stands, under which policy, what each column fills. */
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { useChosen } from "../chosen";
import { usePane } from "../context";
import { Refused } from "../parts/refused";
import { Section } from "../section";
import type { TableInHand } from "../table-in-hand";
import { MatchList } from "./match-list";
import { Remembered } from "./remembered";
import { PolicySelect, useChoice, useUnder } from "./policy";
import { TableCard } from "./table-card";
import { useUnderstanding, type Understanding } from "./understanding";

interface Props {
  readonly host: Workbook;
  readonly table: TableInHand;
  readonly choice: string;
  readonly onChoice: (choice: string) => void;
  /** Whether the best of a kind may be chosen. */
  readonly best?: boolean;
  readonly understanding: Understanding;
  /** By column, what it serves beside the policy. */
  readonly elsewhere?: Readonly<Record<number, string>> | undefined;
}

/** How a table is understood under the policy that is chosen for it, and what UnderstoodTable shows of that. */
export function useUnderstoodTable(host: Workbook, table: TableInHand) {
  const { language, claim, takeTable } = usePane();
  const [choice, onChoice] = useChoice(table);
  const [chosen] = useChosen(host);
  const understanding = useUnderstanding(table, useUnder(choice, table), chosen, claim, language);
  return { choice, chosen, understanding, shown: { host, table, onTable: takeTable, choice, onChoice, understanding } };
}

export function UnderstoodTable({ onTable, ...props }: Props & { readonly onTable: (table: TableInHand) => void }) {
  return (
    <>
      <TableCard table={props.table} onTable={onTable} />
      <PolicyAndColumns {...props} />
    </>
  );
}

export function PolicyAndColumns({ host, table, choice, onChoice, best = true, understanding, elsewhere }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { under, entries, matches, missing } = understanding;
  return (
    <>
      <PolicySelect choice={choice} table={table} best={best} onChoice={onChoice} />
      {under && <Columns host={host} table={table} matches={matches} entries={entries} elsewhere={elsewhere} />}
      {missing.length > 0 && (
        <Refused words={t("insertion.missing", { inputs: missing.join(language === "zh" ? "、" : ", ") })} />
      )}
    </>
  );
}

/** The columns, and what the user chooses them to be. */
function Columns({
  host,
  ...shown
}: Pick<Props, "host" | "table" | "elsewhere"> & Pick<Understanding, "matches" | "entries">) {
  const { t } = useTranslation();
  const [chosen, choose] = useChosen(host);
  return (
    <Section title={t("insertion.columns")}>
      <MatchList {...shown} onChoose={choose} />
      <Remembered chosen={chosen} entries={shown.entries} onForget={(header) => choose(header, undefined)} />
    </Section>
  );
}
