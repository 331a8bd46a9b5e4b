/** A table becomes a column of awards: which table, which policy, which columns; the answers before anything is written. */
import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Text } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { entryShown } from "../../rules";
import { usePane } from "../context";
import { InstrumentSelect } from "../instrument-select";
import { useStanding } from "../standing";
import { placeOf } from "../table-in-hand";
import { InsertionForm } from "./form";
import { Offered } from "./offered";
import { computable } from "./policy";
import { TableForm } from "./table-form";

export default function InsertionView() {
  const { t } = useTranslation();
  const { host } = usePane();
  return host ? <Insertion host={host} /> : <Text as="p">{t("insertion.no-workbook")}</Text>;
}

function Insertion({ host }: { readonly host: Workbook }) {
  const { t } = useTranslation();
  const { claim, instrument, table, takeTable } = usePane();
  const standing = useStanding();
  const here = standing.kind === "table" ? standing.table : undefined;
  const [byColumn, setByColumn] = useState<readonly string[]>([]);
  const entry = instrument === undefined ? undefined : entryShown(instrument, claim);

  useEffect(() => {
    if (!table && here) takeTable(here);
  }, [table, here, takeTable]);

  return (
    <div>
      {table ? (
        <TableForm key={`${table.sheet}!${placeOf(table).address}`} host={host} table={table} />
      ) : (
        <>
          <Text as="p">{t("insertion.no-table")}</Text>
          <Offered host={host} onTable={takeTable} />
        </>
      )}
      <Accordion
        collapsible
        openItems={[...byColumn]}
        onToggle={(_, { openItems }) => setByColumn(openItems as string[])}
      >
        <AccordionItem value="columns">
          <AccordionHeader size="small">{t("insertion.by-column")}</AccordionHeader>
          <AccordionPanel>
            <InstrumentSelect offers={computable} />
            {entry && computable(entry) && <InsertionForm key={entry.instrument.id} host={host} entry={entry} />}
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
    </div>
  );
}
