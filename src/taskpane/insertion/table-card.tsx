/** The table as it was found: where, how many rows, what is left out; to be corrected where it was not found rightly. */
import { Button, makeStyles, Select, Field, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatAddress, parseAddress, reference } from "../../host/address";
import type { Skipped } from "../../tables";
import { usePane } from "../context";
import { PlaceLink } from "../place-link";
import { placeOf, tableIn, withHeaders, type TableInHand } from "../table-in-hand";
import { RangeField } from "./range-field";
import { placeIn } from "./ranges";

const useStyles = makeStyles({
  card: {
    padding: "8px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  head: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", justifyContent: "space-between" },
  fields: { display: "flex", flexDirection: "column", gap: "8px", marginTop: "8px" },
});

const KINDS = ["total", "blank", "note"] as const satisfies readonly Skipped[];
const MOST_HEADER_ROWS = 4;

interface Props {
  readonly table: TableInHand;
  /** With the table as the user corrected it. */
  readonly onTable: (table: TableInHand) => void;
}

export function TableCard({ table, onTable }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language } = usePane();
  const [correcting, setCorrecting] = useState(false);
  const [fault, setFault] = useState(false);
  const { sheet, region } = table;
  const [typed, setTyped] = useState(reference(placeOf(table)));
  const comma = language === "zh" ? "、" : ", ";
  const left = KINDS.flatMap((kind) => {
    const rows = [...region.skipped].filter(([, why]) => why === kind).map(([row]) => row + 1);
    return rows.length ? [t(`insertion.skipped-${kind}`, { rows: rows.join(comma) })] : [];
  });

  async function correct(text: string) {
    setTyped(text);
    const place = placeIn(text, sheet);
    const headerRows = place && Math.min(region.headerRows, parseAddress(place.address)!.rows - 1);
    const there = headerRows && host && (await tableIn(host, place, headerRows).catch(() => undefined));
    setFault(!there);
    if (there) onTable(there);
  }
  return (
    <section className={styles.card} aria-label={t("insertion.table")}>
      <div className={styles.head}>
        <Text size={200}>
          <PlaceLink place={placeOf(table)} /> {t("insertion.rows", { n: region.rows.length })}
        </Text>
        <Button size="small" aria-expanded={correcting} onClick={() => setCorrecting(!correcting)}>
          {t("insertion.correct")}
        </Button>
      </div>
      {left.length > 0 && (
        <Text size={200} block>
          {t("insertion.left-out", { rows: left.join(comma) })}
        </Text>
      )}
      {correcting && (
        <div className={styles.fields}>
          <RangeField
            label={t("insertion.area")}
            value={typed}
            fault={fault ? "insertion.no-range" : undefined}
            onValue={(text) => void correct(text)}
          />
          <Field label={t("insertion.header-rows")} size="small">
            <Select
              size="small"
              value={String(region.headerRows)}
              onChange={(_, { value }) => onTable(withHeaders(table, Number(value)))}
            >
              {Array.from({ length: MOST_HEADER_ROWS }, (_, n) => (
                <option key={n} value={n + 1}>
                  {headerLines(region.area, n + 1)}
                </option>
              ))}
            </Select>
          </Field>
        </div>
      )}
    </section>
  );
}

/** The rows of the headers as the sheet counts them. */
const headerLines = (
  { row, column, columns }: { row: number; column: number; columns: number },
  rows: number,
): string => formatAddress({ row, column, rows, columns });
