/** One instrument: quotation and clause, the curve of its award, then all that BUTIE.TERMS gives. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { entryShown, planOf, type Entry } from "../../rules";
import { quotesOf, termsOf } from "../../writers/terms";
import { Citation } from "../clause/clause";
import { usePane } from "../context";
import { DifferenceView } from "../difference/difference";
import { Facts } from "../facts";
import { firmsWords } from "../firms";
import { InstrumentSelect } from "../instrument-select";
import { Section } from "../section";
import { StatusBadge } from "../status-badge";
import { CurveView } from "./curve-view";

const useStyles = makeStyles({
  head: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", margin: "8px 0" },
  quote: {
    margin: "8px 0",
    padding: "4px 8px",
    borderLeft: `4px solid ${tokens.colorNeutralStroke1}`,
    overflowWrap: "anywhere",
  },
});

export default function InstrumentView() {
  const { claim, instrument } = usePane();
  const entry = instrument === undefined ? undefined : entryShown(instrument, claim);
  return (
    <div>
      <InstrumentSelect />
      {entry && <InstrumentOf key={entry.instrument.id} entry={entry} />}
    </div>
  );
}

function InstrumentOf({ entry }: { readonly entry: Entry }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { claim, language, host, show } = usePane();
  const { instrument } = entry;
  const firms = firmsWords(planOf(entry, claim), t);
  const computable = Boolean(instrument.parts);
  const quotes = quotesOf(instrument);
  // The quotation stands above already.
  const terms = termsOf(entry, claim, language).filter(({ value }) => !quotes.includes(value));
  return (
    <article>
      <div className={styles.head}>
        <Text as="h2" size={400} weight="semibold" style={{ margin: 0 }}>
          {instrument.name[language]}
        </Text>
        <StatusBadge entry={entry} claim={claim} />
      </div>
      {computable && (
        <div className={styles.head}>
          <Button size="small" appearance="primary" onClick={() => show("trial")}>
            {t("instrument.try")}
          </Button>
          {host && (
            <Button size="small" onClick={() => show("insertion")}>
              {t("instrument.insert")}
            </Button>
          )}
        </div>
      )}
      <Citation entry={entry} />
      {computable && <CurveView entry={entry} />}
      <DifferenceView entry={entry} />
      <Section title={t("instrument.terms")}>
        <Facts
          facts={[
            ...(firms ? [[t("fact.firms"), firms] as const] : []),
            ...terms.map(({ label, value }) => [label, value] as const),
          ]}
        />
      </Section>
    </article>
  );
}
