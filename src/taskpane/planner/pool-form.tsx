/** The pool: one of the catalogue or a free amount, its cap, and the cap that is tried instead. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { firmsAtCap, type Entry } from "../../rules";
import { poolWords } from "../../writers/terms";
import { usePane } from "../context";
import { Facts } from "../facts";
import { StatusBadge } from "../status-badge";
import { brief, type TypedAmount } from "../parts/amount";
import { MoneyField } from "../parts/fields";
import { count, figureWords } from "../parts/figure";
import type { FieldName } from "./form";
import { capsOf, type Pool } from "./pool";

/** Pools and caps are spoken of in 万元. */
const WAN = 10_000 as const;

interface Props {
  readonly pool: Pool;
  readonly onForm: (name: FieldName, value: string) => void;
}

export function PoolForm({ pool, onForm }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { entry, amount, cap, otherCap } = pool;
  const firms = amount.fen !== undefined && cap.fen ? firmsAtCap(amount.fen, cap.fen).ratio : undefined;
  const field = (name: "amount" | "cap" | "other-cap", { text }: TypedAmount) => ({
    value: text,
    unit: WAN,
    onValue: (value: string) => onForm(name, value),
  });
  return (
    <>
      {entry && <PoolTerms entry={entry} />}
      <MoneyField label={t("planner.amount")} required {...field("amount", amount)} />
      <MoneyField label={t("planner.cap")} hint={t("planner.cap-hint")} {...field("cap", cap)} />
      {firms !== undefined && (
        <Text size={200} block>
          {t("firms", { n: figureWords(count(firms), language) })}
        </Text>
      )}
      <MoneyField label={t("planner.other-cap")} hint={t("planner.other-cap-hint")} {...field("other-cap", otherCap)} />
    </>
  );
}

function PoolTerms({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { language, claim } = usePane();
  const caps = capsOf(entry, claim);
  return (
    <>
      <StatusBadge entry={entry} claim={claim} />
      <Facts
        facts={[
          [t("fact.pool"), poolWords(entry, language)],
          [t("fact.clause"), `${entry.document.title[language]} ${entry.instrument.article}`],
          // Several instruments may draw on one pool, each with its cap: the first stands below, the user may put another.
          ...(entry.instrument.doubts ?? []).map(
            ({ register, doubt, answer }) =>
              [register, t("planner.of", { what: doubt[language], words: answer[language] })] as const,
          ),
          [
            t("planner.caps"),
            caps.length > 1 ? caps.map((fen) => brief(fen, language)).join(t("parts.list-comma")) : undefined,
          ],
        ]}
      />
    </>
  );
}
