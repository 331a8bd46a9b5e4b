/** Chooses the instrument in hand: those of the pick by family, and the one in hand wherever it comes from. */
import { Field, Select } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { CATALOGUE, FAMILIES, entryShown, isInForce, type Entry, latestAt } from "../rules";
import { entryName } from "../writers/terms";
import { usePane } from "./context";

interface Props {
  /** Which instruments are offered; all when left out. */
  readonly offers?: (entry: Entry) => boolean;
}

export function InstrumentSelect({ offers = () => true }: Props) {
  const { t } = useTranslation();
  const { instrument, jurisdiction, claim, language, choose } = usePane();
  const inHand = instrument === undefined ? undefined : entryShown(instrument, claim);
  const offered = CATALOGUE.map((entry) => latestAt(entry, claim)).filter(
    (entry) => entry.jurisdiction === jurisdiction && isInForce(entry, claim) && offers(entry),
  );
  const stranger = inHand && !offered.includes(inHand) ? inHand : undefined;
  const nameOf = (entry: Entry) => entryName(entry, language);
  return (
    <Field label={t("instrument.choose")} size="small">
      <Select size="small" value={instrument ?? ""} onChange={(_, { value }) => choose(value)}>
        {!inHand && <option value="">{t("instrument.choose-one")}</option>}
        {stranger && (
          <option value={instrument}>{`${nameOf(stranger)} · ${stranger.jurisdiction.name[language]}`}</option>
        )}
        {Object.entries(FAMILIES).map(([family, name]) => {
          const members = offered.filter((entry) => entry.instrument.family === family);
          return members.length === 0 ? null : (
            <optgroup key={family} label={name[language]}>
              {members.map((entry) => (
                <option key={entry.instrument.id} value={entry.instrument.id}>
                  {nameOf(entry)}
                </option>
              ))}
            </optgroup>
          );
        })}
      </Select>
    </Field>
  );
}
