/** The chance of approval of each group of claims, one line per group, blank groups flagged; and of each word for a chance. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../rules";
import { NumberField } from "../parts/fields";
import { Refused } from "../parts/refused";
import { OpenChances, type Claims } from "./claims";
import { namedIn, type FieldName, type Form } from "./form";
import { chancesOf, groupsOf } from "./groups";
import type { Reading } from "./reading";

const useStyles = makeStyles({
  form: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))", gap: "8px" },
});

/** Beyond, a column was taken that names no groups. */
const MOST_GROUPS = 40;

interface Props {
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  readonly claims: Claims;
}

export function GroupChances({ form, onForm, claims }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const groups = useMemo(() => groupsOf(claims), [claims]);
  const chances = chancesOf(form);
  const blanks = groups.find(({ name }) => name === "")?.count ?? 0;
  if (groups.length > MOST_GROUPS) return <Refused words={t("planner.too-many-groups", { n: groups.length })} />;
  return (
    <section aria-label={t("planner.group-chances")}>
      <Text as="h4" block weight="semibold">
        {t("planner.group-chances")}
      </Text>
      <Text size={200} block>
        {t("planner.group-chances-hint")}
      </Text>
      {blanks > 0 && <Refused words={t("planner.group-blanks", { n: blanks })} />}
      <div className={styles.form}>
        {groups.map(({ name, count, total }) => (
          <NumberField
            key={name}
            label={t("planner.group-of", {
              group: name || t("planner.group-blank"),
              n: count,
              total: formatYuan(total),
            })}
            value={chances[name] ?? ""}
            placeholder="0.6"
            onValue={(value) => onForm("group-chances", JSON.stringify({ ...chances, [name]: value }))}
          />
        ))}
      </div>
    </section>
  );
}

/** Where the column of probabilities says 高, 中, 低: what each stands for. They stay while the claims are read anew. */
export function ChanceWords({ form, onForm, reading }: Pick<Props, "form" | "onForm"> & { readonly reading: Reading }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const chances = namedIn(form, "chance-words");
  const found =
    reading.kind === "ready"
      ? reading.claims.chanceWords
      : reading.kind === "failed" && reading.error instanceof OpenChances
        ? reading.error.words
        : undefined;
  const [words, setWords] = useState<readonly string[]>([]);
  if (found && found.join() !== words.join()) setWords(found);
  if (!words.length) return null;
  if (words.length > MOST_GROUPS) return <Refused words={t("planner.too-many-groups", { n: words.length })} />;
  return (
    <section aria-label={t("planner.chance-words")}>
      <Text as="h4" block weight="semibold">
        {t("planner.chance-words")}
      </Text>
      <Text size={200} block>
        {t("planner.chance-words-hint")}
      </Text>
      <div className={styles.form}>
        {words.map((word) => (
          <NumberField
            key={word}
            label={word}
            value={chances[word] ?? ""}
            placeholder="80%"
            onValue={(value) => onForm("chance-words", JSON.stringify({ ...chances, [word]: value }))}
          />
        ))}
      </div>
    </section>
  );
}
