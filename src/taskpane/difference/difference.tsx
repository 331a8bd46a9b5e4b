/** An instrument beside another one, or beside another version of itself: what differs, number by number, then in words. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { differences, differenceTable, sideOf } from "../../writers/difference";
import { usePane } from "../context";
import { ChoiceField } from "../parts/fields";
import { Wrong } from "../parts/refused";
import { comparable } from "../peers";
import { Section } from "../section";

const useStyles = makeStyles({
  list: { listStyle: "none", margin: "8px 0", padding: 0, display: "flex", flexDirection: "column", gap: "8px" },
  row: { borderTop: `1px solid ${tokens.colorNeutralStroke2}`, paddingTop: "4px", overflowWrap: "anywhere" },
  change: { color: tokens.colorNeutralForeground2, marginLeft: "8px" },
});

const WIDTHS = [44, 28, 44, 44, 18];

export function DifferenceView({ entry }: { readonly entry: Entry }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language } = usePane();
  const [other, setOther] = useState("");
  const [written, setWritten] = useState<{ readonly sheet?: string; readonly error?: unknown }>({});
  const choices = comparable(entry, language);
  if (!choices.length) return null;
  const after = sideOf(other);
  const rows = after.length ? differences([entry], after, language) : [];
  const write = async () => {
    const [head, ...body] = differenceTable([entry], after, language);
    const cells = [head!, ...body].map((row) => row.map((cell) => cell && `'${cell}`));
    return host!.addSheet({ name: t("difference.sheet"), cells, widths: WIDTHS, headerRows: 1 });
  };
  return (
    <Section title={t("difference.title")}>
      <ChoiceField
        label={t("difference.other")}
        value={other}
        options={[["", t("difference.none")], ...choices]}
        onValue={(value) => (setOther(value), setWritten({}))}
      />
      {after.length > 0 && (
        <>
          <ul className={styles.list}>
            {rows.map(({ item, before, after: now, change }, i) => (
              <li key={i} className={styles.row}>
                <Text size={200} weight="semibold">
                  {item}
                </Text>
                {change && (
                  <Text size={200} className={styles.change}>
                    {change}
                  </Text>
                )}
                <Text size={200} block>
                  {t("difference.before", { words: before || t("difference.nothing") })}
                </Text>
                <Text size={200} block>
                  {t("difference.after", { words: now || t("difference.nothing") })}
                </Text>
              </li>
            ))}
          </ul>
          {!rows.length && <Text as="p">{t("difference.same")}</Text>}
          {host && rows.length > 0 && (
            <Button
              size="small"
              onClick={() =>
                void write().then(
                  (sheet) => setWritten({ sheet }),
                  (error: unknown) => setWritten({ error }),
                )
              }
            >
              {t("difference.write")}
            </Button>
          )}
          {written.sheet && <Text as="p">{t("difference.written", { sheet: written.sheet })}</Text>}
          {written.error !== undefined && <Wrong error={written.error} />}
        </>
      )}
    </Section>
  );
}
