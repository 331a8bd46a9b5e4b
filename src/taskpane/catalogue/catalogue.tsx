/** Caps at a glance: what the picked jurisdiction offers in the picked year, by family, searchable. */
import { makeStyles, SearchBox, Switch, Text } from "@fluentui/react-components";
import { useDeferredValue, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { FAMILIES, type Entry } from "../../rules";
import { usePane } from "../context";
import { Item } from "./item";
import { search, within } from "./search";

const useStyles = makeStyles({
  tools: { display: "flex", flexDirection: "column", gap: "4px", marginBottom: "8px" },
  search: { width: "100%", maxWidth: "none" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  family: { margin: "12px 0 4px" },
});

export function Catalogue() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { jurisdiction, claim, language } = usePane();
  const [words, setWords] = useState("");
  const [withUpper, setWithUpper] = useState(false);
  const [withOthers, setWithOthers] = useState(false);
  const wanted = useDeferredValue(words);
  const families = useMemo(
    () => byFamily(search(within(jurisdiction, claim, { withUpper, withOthers }), wanted)),
    [jurisdiction, claim, withUpper, withOthers, wanted],
  );
  const count = families.reduce((sum, [, entries]) => sum + entries.length, 0);
  return (
    <div>
      <div className={styles.tools}>
        <SearchBox
          className={styles.search}
          size="small"
          aria-label={t("catalogue.search")}
          placeholder={t("catalogue.search")}
          value={words}
          onChange={(_, { value }) => setWords(value)}
        />
        <Switch
          label={t("catalogue.with-upper")}
          checked={withUpper}
          onChange={(_, { checked }) => setWithUpper(checked)}
        />
        <Switch
          label={t("catalogue.with-others")}
          checked={withOthers}
          onChange={(_, { checked }) => setWithOthers(checked)}
        />
        <Text size={200} role="status">
          {t("catalogue.count", { n: count })}
        </Text>
      </div>
      {count === 0 && <Text as="p">{t(words ? "catalogue.nothing-found" : "catalogue.nothing-in-force")}</Text>}
      {families.map(([family, entries]) => (
        <section key={family} aria-label={FAMILIES[family]?.[language]}>
          <Text as="h2" size={300} weight="semibold" block className={styles.family}>
            {FAMILIES[family]?.[language]}
          </Text>
          <ul className={styles.list}>
            {entries.map((entry) => (
              <Item key={entry.instrument.id} entry={entry} foreign={entry.jurisdiction !== jurisdiction} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** The families that have instruments, in the order of the rules. */
function byFamily(entries: readonly Entry[]): [string, Entry[]][] {
  return Object.keys(FAMILIES)
    .map((family): [string, Entry[]] => [family, entries.filter(({ instrument }) => instrument.family === family)])
    .filter(([, members]) => members.length > 0);
}
