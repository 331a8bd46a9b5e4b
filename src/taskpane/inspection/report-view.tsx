/** What a check found, by cause: how many, what to do, where, and where it is safe the button that does it. */
import { Badge, Button, Link, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { Failure } from "../failure";
import { PlaceLink } from "../place-link";
import { Section } from "../section";
import { WEIGHTS, type Finding, type Fix, type Report, type Weight } from "./finding";
import { runsOf } from "./runs";

/** So many places are shown before one asks for all of them. */
const FEW = 5;
/** And so many at once. */
const MOST = 200;

const COLORS = { wrong: "danger", doubtful: "warning", note: "informative" } as const satisfies Record<Weight, string>;

const useStyles = makeStyles({
  head: { display: "flex", gap: "8px", alignItems: "center", flexWrap: "wrap" },
  list: { listStyleType: "none", margin: "4px 0", padding: 0 },
  item: {
    display: "flex",
    flexWrap: "wrap",
    gap: "0 8px",
    padding: "2px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  words: { overflowWrap: "anywhere", minWidth: 0, color: tokens.colorNeutralForeground2 },
});

interface Props {
  readonly host: Workbook;
  readonly report: Report;
  /** Called after a fix changed the workbook, with what was done. */
  readonly onChanged: (done: Fix) => void;
}

export function ReportView({ host, report: { formulas, sheets, findings }, onChanged }: Props) {
  const { t } = useTranslation();
  const { show } = usePane();
  const [error, setError] = useState<unknown>();
  const fix = (of: Fix) => {
    const done = of.entries ? host.write(of.entries) : host.recalculate();
    done.then(() => onChanged(of), setError);
  };
  const why = ({ hits }: Finding) => void host.jump(hits[0]!.place).then(() => show("explanation"), setError);
  const [wrong, doubtful, note] = WEIGHTS.map((weight) => findings.filter((one) => one.weight === weight).length);
  return (
    <div>
      <Text as="p" role="status">
        {t(findings.length ? "inspection.summary" : "inspection.clean", { n: formulas, sheets, wrong, doubtful, note })}
      </Text>
      {error !== undefined && <Failure error={error} />}
      {findings.map((finding, i) => (
        <FindingView key={i} finding={finding} onFix={fix} onWhy={why} />
      ))}
    </div>
  );
}

interface FindingProps {
  readonly finding: Finding;
  readonly onFix: (fix: Fix) => void;
  /** Explains the first cell. */
  readonly onWhy: (finding: Finding) => void;
}

function FindingView({ finding, onFix, onWhy }: FindingProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const [all, setAll] = useState(false);
  const { weight, cause, advice, counted, hits, fix } = finding;
  const runs = runsOf(hits, language);
  return (
    <Section title={t(`finding.count-${counted}`, { cause: cause[language], n: hits.length })}>
      <div className={styles.head}>
        <Badge color={COLORS[weight]} appearance="tint">
          {t(`finding.${weight}`)}
        </Badge>
        {fix && (
          <Button size="small" onClick={() => onFix(fix)}>
            {fix.label[language]}
          </Button>
        )}
        {finding.explains && (
          <Button size="small" onClick={() => onWhy(finding)}>
            {t("inspection.why")}
          </Button>
        )}
      </div>
      <Text as="p" size={200}>
        {advice[language]}
      </Text>
      <ul className={styles.list}>
        {runs.slice(0, all ? MOST : FEW).map(({ place, words }, i) => (
          <li key={i} className={styles.item}>
            <PlaceLink place={place} />
            {words && (
              <Text size={200} className={styles.words}>
                {words}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {runs.length > FEW && (
        <Link as="button" onClick={() => setAll(!all)}>
          {t(all ? "finding.few" : "finding.all")}
        </Link>
      )}
    </Section>
  );
}
