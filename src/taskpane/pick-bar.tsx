/** Jurisdiction, year and language; below, what the last change did to the workbook. */
import { Button, Field, makeStyles, Select, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { WorkbookError } from "../host/workbook";
import { CATALOGUE, isInForce, JURISDICTIONS, type Jurisdiction } from "../rules";
import type { Pick, PickState } from "./pick";
import { years } from "./year";

const useStyles = makeStyles({
  row: { display: "flex", gap: "4px", alignItems: "end" },
  place: { flex: "1 1 0", minWidth: 0 },
  year: { flex: "1.25 1 0", minWidth: 0 },
  narrow: { minWidth: "24px", height: "24px", padding: "0 6px" },
  state: { display: "block", minHeight: "18px", color: tokens.colorNeutralForeground2 },
  failed: { color: tokens.colorStatusDangerForeground1 },
});

/** How deep a jurisdiction lies: 0 for a province. */
function depth({ within }: Jurisdiction): number {
  const above = JURISDICTIONS.find(({ code }) => code === within);
  return above ? depth(above) + 1 : 0;
}

const HELP = "?";
const NESTING = "\u3000";

const inForce = (code: string, year: number): number =>
  CATALOGUE.filter((entry) => entry.jurisdiction.code === code && isInForce(entry, { year })).length;

interface Props {
  readonly pick: Pick;
  readonly state: PickState;
  readonly onPick: (part: Partial<Pick>) => void;
  readonly onFirstSteps: () => void;
}

export function PickBar({ pick, state, onPick, onFirstSteps }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { jurisdiction, year, language } = pick;
  const other = language === "zh" ? "en" : "zh";
  return (
    <div>
      <div className={styles.row}>
        <Field label={t("pick.jurisdiction")} size="small" className={styles.place}>
          <Select
            size="small"
            value={jurisdiction.code}
            onChange={(_, { value }) => onPick({ jurisdiction: JURISDICTIONS.find(({ code }) => code === value)! })}
          >
            {JURISDICTIONS.map((item) => (
              <option key={item.code} value={item.code}>
                {NESTING.repeat(depth(item)) + item.name[language]}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={t("pick.year")} size="small" className={styles.year}>
          <Select size="small" value={String(year)} onChange={(_, { value }) => onPick({ year: Number(value) })}>
            {years(year).map((item) => (
              <option key={item} value={item}>
                {t("pick.year-option", { year: item, n: inForce(jurisdiction.code, item) })}
              </option>
            ))}
          </Select>
        </Field>
        <Button
          size="small"
          className={styles.narrow}
          lang={other === "zh" ? "zh-CN" : "en"}
          onClick={() => onPick({ language: other })}
        >
          {t("pick.other-language")}
        </Button>
        <Button size="small" className={styles.narrow} aria-label={t("start.help")} onClick={onFirstSteps}>
          {HELP}
        </Button>
      </div>
      <PickStateLine state={state} language={language} />
    </div>
  );
}

function PickStateLine({ state, language }: { readonly state: PickState; readonly language: Pick["language"] }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const failed = state.kind === "failed";
  return (
    <Text size={200} role="status" className={failed ? styles.failed : styles.state}>
      {state.kind === "loading" && t("pick.loading")}
      {state.kind === "recalculating" && t("pick.recalculating")}
      {state.kind === "recalculated" && t("pick.recalculated", { n: state.changed })}
      {failed && (state.error instanceof WorkbookError ? state.error.texts[language] : String(state.error))}
    </Text>
  );
}
