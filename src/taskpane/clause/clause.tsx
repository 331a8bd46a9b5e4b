/** A clause at its place: the citation ready to be copied, what else the article grants, and the document's own rules. */
import { Button, Link, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { citation, documentRules, sameArticle } from "../../writers/citation";
import { usePane } from "../context";
import { Facts } from "../facts";
import { Section } from "../section";

const useStyles = makeStyles({
  citation: {
    margin: "0 0 8px",
    padding: "4px 8px",
    borderLeft: `4px solid ${tokens.colorNeutralStroke1}`,
    overflowWrap: "anywhere",
    userSelect: "text",
  },
  row: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginBottom: "8px" },
});

interface Props {
  readonly entry: Entry;
  /** Labels of rules that stand beside it already. */
  readonly without: readonly string[];
}

export function Clause({ entry, without }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const rules = documentRules(entry, language).filter(({ label }) => !without.includes(label));
  return (
    <Section title={t("clause.title")}>
      <Citation entry={entry} />
      <Facts facts={rules.map(({ label, value }) => [label, value])} />
    </Section>
  );
}

/** The citation with its button, and the other instruments of the article. */
export function Citation({ entry }: { readonly entry: Entry }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language, show } = usePane();
  const [copied, setCopied] = useState<"clause.copied" | "clause.not-copied">();
  const id = useId();
  const words = citation(entry, language);
  const others = sameArticle(entry);

  /** Where the host keeps the clipboard to itself, the words are selected: Ctrl+C does the rest. */
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(words);
      setCopied("clause.copied");
    } catch {
      getSelection()?.selectAllChildren(document.getElementById(id)!);
      setCopied("clause.not-copied");
    }
  }

  return (
    <>
      <blockquote id={id} className={styles.citation} lang="zh-CN">
        <Text size={200}>{words}</Text>
      </blockquote>
      <div className={styles.row}>
        <Button size="small" onClick={() => void copy()}>
          {t("clause.copy")}
        </Button>
        <Text size={200} role="status">
          {copied && t(copied)}
        </Text>
      </div>
      {others.length > 0 && (
        <>
          <Text as="p" size={200}>
            {t("clause.others")}
          </Text>
          <div className={styles.row}>
            {others.map(({ instrument }) => (
              <Link as="button" key={instrument.id} onClick={() => show("instrument", instrument.id)}>
                {instrument.name[language]}
              </Link>
            ))}
          </div>
        </>
      )}
    </>
  );
}
