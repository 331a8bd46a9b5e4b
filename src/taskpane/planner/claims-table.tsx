/** The claims as a table of the workbook: where it stands, what of it is claimed, and how its columns are understood. */
import { Button, Text } from "@fluentui/react-components";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { parseAddress, parseReference, reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { headerKey } from "../../tables";
import { useAnswer } from "../answer";
import { Offered } from "../insertion/offered";
import { RefusedRows } from "../insertion/outcome";
import { TableCard } from "../insertion/table-card";
import { PolicyAndColumns } from "../insertion/understood-table";
import { UNIT_WORDS } from "../parts/amount";
import { ChoiceField } from "../parts/fields";
import { Wrong } from "../parts/refused";
import { placeOf, type TableInHand } from "../table-in-hand";
import { Waiting } from "../waiting";
import { COLUMN_NAMES } from "./claim-columns";
import { usePane } from "../context";
import type { FieldName, Form } from "./form";
import type { Reading } from "./reading";
import { amountColumns, BY_POLICY, tableOf, takenAs, understood, unitIn, useSurroundings } from "./table-claims";

interface Props {
  readonly host: Workbook;
  /** Of the pool. */
  readonly id: string;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  readonly reading: Reading;
  /** So many times it was read again. */
  readonly round: number;
}

/** What columns say of the claims beside what a policy asks for. */
const BESIDE = ["probability", "within", "group", "date", "rank", "subpool"] as const;

export function ClaimsTable(props: Props) {
  const { t } = useTranslation();
  const { host, id, form, onForm, round } = props;
  const { instrument } = useSurroundings(host);
  const { table: where, "header-rows": headerRows } = form;
  const ask = useCallback(
    async () => (where && round >= 0 ? tableOf(host, { table: where, "header-rows": headerRows ?? "" }) : undefined),
    [host, where, headerRows, round],
  );
  const table = useAnswer(ask);
  const take = (taken: TableInHand) =>
    Object.entries(formOfTable(taken, id, instrument)).forEach(([name, value]) => onForm(name as FieldName, value));
  if (!where) return form.claims ? null : <Offered host={host} onTable={take} />;
  return (
    <>
      {table.state === "waiting" && <Waiting />}
      {table.state === "failed" && <Wrong error={table.error} />}
      {table.state === "there" && table.value && <Taken {...props} table={table.value} />}
      <Button size="small" onClick={() => onForm("table", "")}>
        {t("planner.by-range")}
      </Button>
    </>
  );
}

/** What the form holds about a table that is taken. */
export function formOfTable(table: TableInHand, pool: string, instrument: string | undefined): Form {
  const taken = takenAs(table, pool, instrument);
  // Awards were cut to the cap of their policy.
  return {
    ...placed(table),
    ...taken,
    "table-pool": pool,
    "claims-unit": "",
    ...(taken["claims-of"] === BY_POLICY && { capped: "true" }),
  };
}

const placed = (table: TableInHand): Form => ({
  table: reference(placeOf(table)),
  "header-rows": String(table.region.headerRows),
});

function Taken({ host, form, onForm, reading, table }: Props & { readonly table: TableInHand }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const about = useSurroundings(host);
  const understanding = useMemo(() => understood(table, form, about), [table, form, about]);
  const columns = amountColumns(table);
  const of = form["claims-of"] ?? BY_POLICY;
  const column = columns.find((one) => headerKey(one) === of);
  const refused = reading.kind === "ready" ? reading.refused : [];
  const elsewhere = Object.fromEntries(
    BESIDE.flatMap((name) => {
      const place = parseReference(form[name] ?? "");
      const area = place?.sheet === table.sheet ? parseAddress(place.address) : null;
      return area ? [[area.column, t("planner.used-as", { name: COLUMN_NAMES[name][language] })]] : [];
    }),
  ) as Readonly<Record<number, string>>;
  return (
    <>
      <TableCard
        table={table}
        onTable={(next) => Object.entries(placed(next)).forEach(([name, value]) => onForm(name as FieldName, value))}
      />
      <ChoiceField
        label={t("planner.claims-of")}
        value={of}
        options={[
          [BY_POLICY, t("planner.claims-by-policy")],
          ...columns.map((one) => [headerKey(one), t("planner.claims-column", { header: one.full })] as const),
        ]}
        onValue={(value) => {
          onForm("claims-of", value);
          onForm("capped", String(value === BY_POLICY));
        }}
      />
      {column ? (
        <ChoiceField
          label={t("parts.unit-of", { label: column.full })}
          value={String(unitIn(table, column, form))}
          options={Object.entries(UNIT_WORDS).map(([unit, words]) => [unit, t(words)] as const)}
          onValue={(value) => onForm("claims-unit", value)}
        />
      ) : (
        <PolicyAndColumns
          host={host}
          table={table}
          choice={form.policy ?? ""}
          onChoice={(choice) => onForm("policy", choice)}
          understanding={understanding}
          elsewhere={elsewhere}
        />
      )}
      <RefusedRows answers={refused} label={(row) => t("planner.row", { n: String(row + 1) })} />
      {reading.kind === "ready" && refused.length > 0 && <Text size={200}>{t("planner.refused-left-out")}</Text>}
    </>
  );
}
