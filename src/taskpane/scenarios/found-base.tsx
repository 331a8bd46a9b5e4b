/** What was found in the rows that scenarios are computed over. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Entry } from "../../rules";
import { entryName } from "../../writers/terms";
import type { Waited } from "../answer";
import { usePane } from "../context";
import { Refused, Wrong } from "../parts/refused";
import type { BaseTable } from "./base";

export function FoundBase({ waited }: { readonly waited: Waited<BaseTable | undefined> }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {waited.state === "waiting" && <Text size={200}>{t("waiting")}</Text>}
      {waited.state === "failed" && <Wrong error={waited.error} />}
      {waited.state === "there" && waited.value && <Found table={waited.value} />}
    </div>
  );
}

function Found({ table: { base, place, entries, unused, missing, totals } }: { readonly table: BaseTable }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const separator = language === "zh" ? "、" : ", ";
  const several = new Set(entries.map(({ jurisdiction }) => jurisdiction)).size > 1;
  // Instruments of several jurisdictions may have one name.
  const nameIn = (entry: Entry): string =>
    [several ? entry.jurisdiction.name[language] : "", entryName(entry, language)].filter(Boolean).join(" ");
  return (
    <>
      <Text size={200} block>
        {t("scenarios.found", {
          where: reference(place),
          rows: base.values.length.toLocaleString(),
          instruments: entries.map(nameIn).join(separator),
        })}
        {unused.length > 0 && ` ${t("scenarios.unused", { columns: unused.join(separator) })}`}
      </Text>
      {missing[language].length > 0 && (
        <Refused words={t("scenarios.missing", { inputs: missing[language].join(separator) })} />
      )}
      {totals.length > 0 && <Refused words={t("scenarios.totals", { rows: totals.join(separator) })} />}
    </>
  );
}
