/** The chance of approval of each group of claims: one line per group, blank groups flagged. */
import { makeStyles, Text } from "@fluentui/react-components";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../rules";
import { NumberField } from "../parts/fields";
import { Refused } from "../parts/refused";
import type { Claims } from "./claims";
import type { FieldName, Form } from "./form";
import { chancesOf, groupsOf } from "./groups";

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
