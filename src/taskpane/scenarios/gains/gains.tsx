/** Winners and losers: choose two of the scenarios, or the rows as they are; compare, read, insert. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { PeopleRegular } from "@fluentui/react-icons";
import { useState } from "react";
import type { Workbook } from "../../../host/workbook";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { ChoiceField } from "../../parts/fields";
import { useOngoing } from "../../parts/ongoing";
import { Wrong } from "../../parts/refused";
import { UnderWay } from "../../parts/under-way";
import type { BaseTable } from "../base";
import { useScenarioForm } from "../form";
import { FoundReport } from "../found-report";
import { OfBase } from "../of-base";
import { scenariosIn } from "../table";
import { gainsStudyOf } from "./study";
import { changeWords, gainsSections } from "./table";
import { Waterfall } from "./waterfall";
import type { GainsAnswer, GainsQuestion } from "./question";

const useStyles = makeStyles({
  fields: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px" },
  run: { margin: "8px 0" },
});

export interface Props {
  readonly host: Workbook;
  /** What the rows are: a comparison of others is not shown as one of these. */
  readonly about: string;
  /** Whether there is a base. */
  readonly ready: boolean;
  /** Reads the base anew: the workbook may have changed since it was shown. */
  readonly read: () => Promise<BaseTable | undefined>;
}

/** The rows as they are, among the places of the scenarios. */
const AS_IS = "";

export default function Gains({ host, about, ready, read }: Props) {
  const styles = useStyles();
  const t = useWords();
  const { typed, rows, change } = useScenarioForm();
  const study = gainsStudyOf(host);
  const progress = useOngoing(study);
  const [refused, setRefused] = useState<unknown>();
  const names = rows.map(({ name }, k) => [String(k), name?.trim() ? name : String(k + 1)] as const);
  const options = [[AS_IS, t("gains.as-is")] as const, ...names];
  const known = (place: string | undefined, otherwise: string): string =>
    options.some(([value]) => value === place) ? place! : otherwise;
  const from = known(typed["gains-from"], AS_IS);
  const to = known(typed["gains-to"], names[0]?.[0] ?? AS_IS);
  const asked = JSON.stringify([about, from, to, rows]);
  const start = async () => {
    setRefused(undefined);
    const scenarios = scenariosIn(rows);
    const fresh = await read();
    const way = (place: string) => (place === AS_IS ? undefined : scenarios[Number(place)]);
    if (fresh) study.start({ asked, base: fresh.base, from: way(from), to: way(to), groupings: fresh.groupings });
  };
  const again = () => void start().catch(setRefused);
  return (
    <>
      <div className={styles.fields}>
        <ChoiceField
          label={t("gains.from")}
          value={from}
          options={options}
          onValue={(value) => change("gains-from", value)}
        />
        <ChoiceField
          label={t("gains.to")}
          value={to}
          options={options}
          onValue={(value) => change("gains-to", value)}
        />
      </div>
      {names.length === 0 && (
        <Text as="p" size={200} block>
          {t("gains.scenario-first")}
        </Text>
      )}
      <div className={styles.run}>
        <Button
          icon={<PeopleRegular />}
          disabled={!ready || from === to || progress.kind === "running"}
          onClick={again}
        >
          {t("gains.run")}
        </Button>
      </div>
      {refused !== undefined && <Wrong error={refused} />}
      <UnderWay progress={progress} stop={study.stop} />
      {progress.kind === "done" && progress.value.order.asked === asked && (
        <OfBase base={progress.value.order.base} onAgain={again}>
          <GainsFound host={host} {...progress.value} />
        </OfBase>
      )}
    </>
  );
}

interface FoundProps {
  readonly host: Workbook;
  readonly order: GainsQuestion;
  readonly answer: GainsAnswer;
}

function GainsFound({ host, order, answer }: FoundProps) {
  const t = useWords();
  const { language } = usePane();
  const { bridge } = answer;
  return (
    <FoundReport
      host={host}
      name={t("gains.title")}
      base={order.base}
      build={(spoken) => gainsSections(answer, t, spoken)}
      drawing={({ title }) =>
        bridge &&
        title === t("gains.bridge") && (
          <Waterfall bridge={bridge} changes={bridge.changes.map((change) => changeWords(change, language))} />
        )
      }
    />
  );
}
