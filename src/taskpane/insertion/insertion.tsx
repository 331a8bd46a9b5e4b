/** Puts the formula of an instrument beside the user's table: which columns, which period, where; nothing unasked. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { findEntry, type Entry } from "../../rules";
import { usePane } from "../context";
import { InstrumentSelect } from "../instrument-select";
import { InsertionForm } from "./form";

const computable = ({ instrument }: Entry): boolean => Boolean(instrument.parts ?? instrument.grades);

export default function InsertionView() {
  const { t } = useTranslation();
  const { host, instrument } = usePane();
  const entry = instrument === undefined ? undefined : findEntry(instrument);
  if (!host) return <Text as="p">{t("insertion.no-workbook")}</Text>;
  return (
    <div>
      <InstrumentSelect offers={computable} />
      {entry && computable(entry) && <InsertionForm key={entry.instrument.id} host={host} entry={entry} />}
    </div>
  );
}
