/** One instrument in the list: what it pays at most, from which money, when, and its clause. */
import { Link, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { planOf, type Entry } from "../../rules";
import { capWords, poolWords, rateWords, windowWords } from "../../writers/terms";
import { usePane } from "../context";
import { Facts } from "../facts";
import { firmsWords } from "../firms";
import { StatusBadge } from "../status-badge";

const useStyles = makeStyles({
  item: {
    padding: "8px",
    marginBottom: "8px",
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  head: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginBottom: "4px" },
});

interface Props {
  readonly entry: Entry;
  /** It belongs to another jurisdiction than the picked one, which is then named. */
  readonly foreign: boolean;
}

export function Item({ entry, foreign }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { claim, language, show } = usePane();
  const { instrument, document, jurisdiction } = entry;
  const plan = planOf(entry, claim);
  return (
    <li className={styles.item}>
      <div className={styles.head}>
        <Text as="h3" weight="semibold" size={300} style={{ margin: 0 }}>
          <Link as="button" onClick={() => show("instrument", instrument.id)}>
            {instrument.name[language]}
          </Link>
        </Text>
        {foreign && <Text size={200}>{jurisdiction.name[language]}</Text>}
        <StatusBadge entry={entry} claim={claim} />
      </div>
      <Facts
        facts={[
          [t("fact.rate"), rateWords(plan, language)],
          [t("fact.cap"), capWords(plan, language)],
          [t("fact.pool"), poolWords(entry, language)],
          [t("fact.firms"), firmsWords(plan, t)],
          [t("fact.window"), windowWords(document, language)],
          [t("fact.clause"), [document.number ?? document.title[language], instrument.article].join(" ")],
        ]}
      />
    </li>
  );
}
