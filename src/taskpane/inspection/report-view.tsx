/** The findings of a check by kind, each with its cell and, where it is safe, a fix. */
import { Badge, Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { Failure } from "../failure";
import { PlaceLink } from "../place-link";
import { Section } from "../section";
import { FINDING_KINDS, type Finding, type FindingKind, type Report } from "./finding";
import { FindingWords } from "./finding-words";

const MOST = 50;
const SERIOUS: readonly FindingKind[] = ["error", "total", "blank-flag", "small", "large", "version"];

const TITLES = {
  error: "finding.error",
  total: "finding.total",
  "blank-flag": "finding.blank-flag",
  small: "finding.small",
  large: "finding.large",
  version: "finding.version",
  draft: "finding.draft",
  picked: "finding.picked",
  unreadable: "finding.unreadable",
} as const satisfies Record<FindingKind, string>;

const useStyles = makeStyles({
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: {
    display: "flex",
    flexWrap: "wrap",
    gap: "4px 8px",
    alignItems: "center",
    padding: "4px 0",
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
  },
});

interface Props {
  readonly host: Workbook;
  readonly report: Report;
  /** Called after a fix changed the workbook. */
  readonly onChanged: () => void;
}

export function ReportView({ host, report: { formulas, findings }, onChanged }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { show } = usePane();
  const [error, setError] = useState<unknown>();
  const fix = (finding: Finding) => () => {
    repair(host, finding).then(onChanged, setError);
  };
  const kinds = FINDING_KINDS.map((kind) => ({ kind, members: findings.filter((finding) => finding.kind === kind) }));
  return (
    <div>
      <Text as="p" role="status">
        {t(findings.length ? "inspection.summary" : "inspection.clean", {
          n: formulas.length,
          findings: findings.length,
        })}
      </Text>
      {error !== undefined && <Failure error={error} />}
      {kinds
        .filter(({ members }) => members.length > 0)
        .map(({ kind, members }) => (
          <Section key={kind} title={t(TITLES[kind])}>
            <Badge color={SERIOUS.includes(kind) ? "danger" : "informative"} appearance="tint">
              {members.length}
            </Badge>
            <ul className={styles.list}>
              {members.slice(0, MOST).map((finding, i) => (
                <li key={i} className={styles.item}>
                  <PlaceLink place={finding.place} />
                  <FindingWords finding={finding} />
                  {kind === "error" && (
                    <Button
                      size="small"
                      onClick={() => void host.jump(finding.place).then(() => show("explanation"), setError)}
                    >
                      {t("inspection.why")}
                    </Button>
                  )}
                  {isRepairable(finding) && (
                    <Button size="small" onClick={fix(finding)}>
                      {t(finding.kind === "version" ? "inspection.recalculate" : "inspection.write-pick")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            {members.length > MOST && <Text size={200}>{t("inspection.more", { n: members.length - MOST })}</Text>}
          </Section>
        ))}
    </div>
  );
}

/** Safe is what changes no number: the present pick written out, and a recalculation. */
const isRepairable = (finding: Finding): boolean =>
  finding.kind === "version" || (finding.kind === "picked" && finding.fixed !== undefined);

async function repair(host: Workbook, finding: Finding): Promise<void> {
  if (finding.kind === "version") await host.recalculate();
  if (finding.kind === "picked" && finding.fixed !== undefined) {
    await host.write([{ place: finding.place, cells: [[finding.fixed]] }]);
  }
}
