/** One instrument: conditions, limits, readings, doubts, clause and quotation, as BUTIE.TERMS says them. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { findEntry } from "../../rules";
import { termsOf } from "../../writers/terms";
import { usePane } from "../context";
import { Facts } from "../facts";
import { StatusBadge } from "../status-badge";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginBottom: "8px" },
});

export default function InstrumentView() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { instrument: id, claim, language } = usePane();
  const entry = id === undefined ? undefined : findEntry(id);
  if (!entry) return <Text as="p">{t("instrument.none")}</Text>;
  return (
    <article>
      <div className={styles.head}>
        <Text as="h2" size={400} weight="semibold" style={{ margin: 0 }}>
          {entry.instrument.name[language]}
        </Text>
        <StatusBadge entry={entry} claim={claim} />
      </div>
      <Facts facts={termsOf(entry, claim, language).map(({ label, value }) => [label, value])} />
    </article>
  );
}
