/** The factor on an instrument's rates that just uses up the pool, over a table of its inputs: conditions and limits included. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { poolFactor } from "../../functions/pools";
import { readBlocks } from "../../tables";
import { formatAddress, parseAddress, parseReference, reference } from "../../host/address";
import type { Place, Workbook } from "../../host/workbook";
import { CATALOGUE, findEntry, type Claim, type Entry } from "../../rules";
import { entryName } from "../../writers/terms";
import { usePane } from "../context";
import { RangeField } from "../insertion/range-field";
import { ChoiceField } from "../parts/fields";
import { factor } from "../parts/figure";
import type { FieldName, Form } from "./form";
import { absolute, call } from "./formula";
import { inputsOf, spellingOf, type Planning } from "./planning";
import { Wrong } from "../parts/refused";
import { notATable } from "./wrong";
import { Table } from "./table";
import { usePoolLabel } from "./words";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: "8px", margin: "8px 0" },
  button: { marginBottom: "8px" },
});

/** What was computed, over which ranges. */
interface Fit {
  readonly factor: number;
  readonly headers: Place;
  readonly values: Place;
}

interface Props {
  readonly planning: Planning;
  /** The pool's own. */
  readonly entry: Entry;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function RateFit({ planning, entry, form, onForm }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language, claim } = usePane();
  const payers = useMemo(() => CATALOGUE.filter(({ instrument }) => instrument.pool === entry.instrument.id), [entry]);
  const instrument = form["table-instrument"] ?? payers[0]?.instrument.id;
  const [state, setState] = useState<{ readonly fit: Fit } | { readonly error: unknown }>();
  const places = { ...placesOf(form, planning), ...form };
  if (!host || instrument === undefined) return null;
  const compute = () =>
    fitOver(host, instrument, places, planning.amount, claim).then(
      (fit) => setState({ fit }),
      (error: unknown) => setState({ error }),
    );
  return (
    <>
      <Text as="h4" block weight="semibold">
        {t("planner.rate-fit")}
      </Text>
      <Text size={200} block>
        {t("planner.rate-fit-hint")}
      </Text>
      <div className={styles.form}>
        <ChoiceField
          label={t("planner.rate-fit-instrument")}
          value={instrument}
          options={payers.map((payer) => [payer.instrument.id, entryName(payer, language)])}
          onValue={(value) => onForm("table-instrument", value)}
        />
        {(["table-headers", "table-values"] as const).map((name) => (
          <RangeField
            key={name}
            label={t(`planner.${name}`)}
            value={places[name] ?? ""}
            fault={undefined}
            onValue={(value) => onForm(name, value)}
          />
        ))}
      </div>
      <Button size="small" className={styles.button} onClick={() => void compute()}>
        {t("planner.rate-fit-compute")}
      </Button>
      {state && "error" in state && <Wrong error={state.error} />}
      {state && "fit" in state && (
        <FitResult planning={planning} instrument={instrument} year={claim.year} fit={state.fit} />
      )}
    </>
  );
}

/** The claims' own table, where its rows lie without a break. */
function placesOf(form: Form, { all: { claims } }: Planning): Pick<Form, "table-headers" | "table-values"> {
  const place = parseReference(form.table ?? "");
  const area = place && parseAddress(place.address);
  const head = Number(form["header-rows"] ?? 1);
  if (!area || head < 1 || claims.rows !== area.rows - head) return {};
  const rows = (row: number, count: number) =>
    reference({ ...place, address: formatAddress({ ...area, row: area.row + row, rows: count }) });
  return { "table-headers": rows(head - 1, 1), "table-values": rows(head, claims.rows) };
}

/** Reads the table as BUTIE.POOLRATE would. @throws Refusal, WorkbookError */
async function fitOver(host: Workbook, instrument: string, form: Form, pool: number, claim: Claim): Promise<Fit> {
  const [headers, values] = [form["table-headers"], form["table-values"]].map((text) =>
    parseReference((text ?? "").normalize("NFKC").trim()),
  );
  if (!headers || !values) {
    throw notATable();
  }
  const names = (await host.read(headers)).values.flat();
  const rows = readBlocks([instrument], names, (await host.read(values)).values, [], claim);
  return { factor: poolFactor(rows, pool), headers, values };
}

interface ResultProps {
  readonly planning: Planning;
  readonly instrument: string;
  readonly year: number;
  readonly fit: Fit;
}

function FitResult({ planning, instrument, year, fit }: ResultProps) {
  const { t } = useTranslation();
  const { language } = usePane();
  const poolLabel = usePoolLabel(planning);
  const table = {
    head: [t("planner.rate-fit"), t("planner.factor")],
    rows: [
      {
        label: findEntry(instrument)?.instrument.name[language] ?? instrument,
        figures: [factor(fit.factor)],
        formula: ({ sheet, pool }: { readonly sheet: string | undefined; readonly pool: string }) =>
          `=${call("BUTIE.POOLRATE", [
            `"${instrument}"`,
            absolute(fit.headers, sheet),
            absolute(fit.values, sheet),
            pool,
            String(year),
          ])}`,
      },
    ],
  };
  return (
    <Table
      title={t("planner.rate-fit")}
      table={table}
      inputs={inputsOf(planning, poolLabel, language, [])}
      spelling={spellingOf(planning)}
    />
  );
}
