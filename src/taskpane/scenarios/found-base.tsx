/** What was found in the rows that scenarios are computed over. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Entry } from "../../rules";
import { entryName } from "../../writers/terms";
import { usePane } from "../context";
import { Refused, Wrong } from "../parts/refused";
import type { BaseTable } from "./base";
import type { ReadBase } from "./of-base";

/** @param read undefined while it is being read */
export function FoundBase({ read }: { readonly read: ReadBase | undefined }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {!read && <Text size={200}>{t("waiting")}</Text>}
      {read && "error" in read && <Wrong error={read.error} />}
      {read && "value" in read && read.value && <Found table={read.value} />}
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
          rows: base.values.length,
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
