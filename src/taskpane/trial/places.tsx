/** The same inputs in the other jurisdictions that support the same thing. */
import { Link } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { award as awardOf, formatYuan, type Award, type Claim, type Entry } from "../../rules";
import { refusalText } from "../../writers/sentence";
import { usePane } from "../context";
import { Facts } from "../facts";
import { peers } from "../peers";
import { Section } from "../section";
import { readTrial, type Typed } from "./row";

interface Props {
  readonly entry: Entry;
  readonly claim: Claim;
  readonly typed: Typed;
}

export function OtherPlaces({ entry, claim, typed }: Props) {
  const { t } = useTranslation();
  const { language, choose } = usePane();
  const others = peers(entry, claim)
    .map((other) => ({ other, award: awardThere(other, claim, typed) }))
    .sort((a, b) => b.award.fen - a.award.fen);
  if (!others.length) return null;
  return (
    <Section title={t("trial.other-places")}>
      <Facts
        facts={others.map(({ other, award }) => [
          <Link key="place" as="button" onClick={() => choose(other.instrument.id)}>
            {`${other.jurisdiction.name[language]} ${other.instrument.name[language]}`}
          </Link>,
          award.outcome.kind === "award" ? formatYuan(award.fen) : refusalText(award)?.[language],
        ])}
      />
    </Section>
  );
}

function awardThere(entry: Entry, claim: Claim, typed: Typed): Award {
  const { plan, row } = readTrial(entry, claim, typed);
  return awardOf(plan, row);
}
