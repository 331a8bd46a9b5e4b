/** How the total answers to the rules: choose what moves, run, read, insert. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { PlayRegular } from "@fluentui/react-icons";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../../host/workbook";
import { leversOf, type Entry } from "../../../rules";
import { usePane } from "../../context";
import { ChoiceField } from "../../parts/fields";
import { Wrong } from "../../parts/refused";
import { UnderWay } from "../../parts/under-way";
import type { BaseTable } from "../base";
import { OfBase } from "../of-base";
import { Finding } from "./finding";
import { Fields } from "./fields";
import { ANALYSES, ID, plansOf, questionIn, type Analysis } from "./form";
import { useOngoing } from "../../parts/ongoing";
import { studyOf } from "./study";

const useStyles = makeStyles({
  fields: { display: "grid", gridTemplateColumns: "minmax(0, 1fr)", rowGap: "8px", marginTop: "8px" },
  run: { margin: "8px 0" },
});

export interface Props {
  readonly host: Workbook;
  /** What the rows are: an answer about others is not shown as one about these. */
  readonly about: string;
  /** The instruments of the base rows; none before a base was chosen. */
  readonly entries: readonly Entry[];
  /** Reads the base anew: the workbook may have changed since it was shown. */
  readonly read: () => Promise<BaseTable | undefined>;
}

export default function Sensitivity({ host, about, entries, read }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { claim, typed: all, type } = usePane();
  const typed = all[ID] ?? {};
  const plans = useMemo(() => plansOf(entries, claim), [entries, claim]);
  const study = studyOf(host);
  const progress = useOngoing(study);
  const [refused, setRefused] = useState<unknown>();
  const analysis = (typed.analysis ?? ANALYSES[0]) as Analysis;
  const ready = leversOf(plans).length > 0;
  const finding = progress.kind === "done" && progress.value.order.asked === about ? progress.value : undefined;

  const start = async () => {
    const question = questionIn(analysis, typed, plans);
    const fresh = await read();
    if (fresh) study.start({ asked: about, base: fresh.base, question });
    setRefused(undefined);
  };
  const again = () => void start().catch(setRefused);
  return (
    <>
      <ChoiceField
        label={t("sensitivity.analysis")}
        value={analysis}
        options={ANALYSES.map((name) => [name, t(`sensitivity.analysis-${name}`)] as const)}
        onValue={(value) => type(ID, "analysis", value)}
      />
      {ready ? (
        <div className={styles.fields}>
          <Fields analysis={analysis} typed={typed} plans={plans} onType={(name, value) => type(ID, name, value)} />
        </div>
      ) : (
        <Text size={200}>{t("sensitivity.base-first")}</Text>
      )}
      <div className={styles.run}>
        <Button icon={<PlayRegular />} disabled={!ready || progress.kind === "running"} onClick={again}>
          {t("sensitivity.run")}
        </Button>
      </div>
      {refused !== undefined && <Wrong error={refused} />}
      <div role="status">
        <UnderWay progress={progress} stop={study.stop} />
        {finding && <Text size={200}>{t("sensitivity.done")}</Text>}
      </div>
      {finding && (
        <OfBase base={finding.order.base} onAgain={again}>
          <Finding host={host} finding={finding} />
        </OfBase>
      )}
    </>
  );
}
