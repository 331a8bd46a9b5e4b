/** The tables of the workbook, one click away, where none was taken. */
import { Button, makeStyles } from "@fluentui/react-components";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import { useAnswer } from "../answer";
import { placeOf, tablesOf, type TableInHand } from "../table-in-hand";

const useStyles = makeStyles({ list: { display: "flex", flexWrap: "wrap", gap: "4px 8px", margin: "4px 0" } });

interface Props {
  readonly host: Workbook;
  readonly onTable: (table: TableInHand) => void;
}

export function Offered({ host, onTable }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const ask = useCallback(() => tablesOf(host), [host]);
  const tables = useAnswer(ask);
  return (
    <div role="status" className={styles.list}>
      {tables.state === "there" &&
        tables.value.map((table) => (
          <Button key={reference(placeOf(table))} size="small" onClick={() => onTable(table)}>
            {t("insertion.take-table", { where: reference(placeOf(table)), n: table.region.rows.length })}
          </Button>
        ))}
    </div>
  );
}
