/** The claims: columns of the workbook, and what was read from them. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Field,
  makeStyles,
  MessageBar,
  MessageBarBody,
  ProgressBar,
  Switch,
  Text,
} from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { formatYuan } from "../../rules";
import { usePane } from "../context";
import { RangeField } from "../insertion/range-field";
import { amountWords } from "../money";
import type { Claims } from "./claims";
import { addsUp } from "./formula";
import { sourcesIn } from "./claim-columns";
import { ClaimsTable } from "./claims-table";
import type { ColumnName } from "./columns";
import { FactorsForm } from "./factors-form";
import type { FieldName, Form } from "./form";
import { ChanceWords, GroupChances } from "./group-chances";
import type { Reading } from "./reading";
import { Refused, Wrong } from "../parts/refused";

const useStyles = makeStyles({
  form: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(200px, 1fr))",
    gap: "8px",
    alignItems: "start",
  },
  line: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginTop: "8px" },
});

const FURTHER = ["probability", "within", "group", "date", "rank", "subpool"] as const satisfies readonly ColumnName[];

interface Props {
  /** Of the pool. */
  readonly id: string;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  readonly reading: Reading;
  /** So many times it was read again. */
  readonly round: number;
  readonly onStop: () => void;
  readonly onAgain: () => void;
}

export function ClaimsForm({ id, form, onForm, reading, round, onStop, onAgain }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host, language } = usePane();
  const field = (name: ColumnName) => (
    <RangeField
      key={name}
      label={t(`planner.column-${name}`)}
      value={form[name] ?? ""}
      fault={undefined}
      onValue={(value) => onForm(name, value)}
    />
  );
  return (
    <>
      {host && <ClaimsTable host={host} id={id} form={form} onForm={onForm} reading={reading} round={round} />}
      {!form.table && (
        <div className={styles.form}>
          {field("claims")}
          {field("firm")}
        </div>
      )}
      <Switch
        label={t("planner.capped")}
        checked={form.capped === "true"}
        onChange={(_, { checked }) => onForm("capped", String(checked))}
      />
      <Accordion collapsible>
        <AccordionItem value="further">
          <AccordionHeader size="small">{t("planner.further-columns")}</AccordionHeader>
          <AccordionPanel>
            <div className={styles.form}>
              {FURTHER.map(field)}
              {form.spread && field("spread")}
            </div>
            <Text size={200} block>
              {t("planner.within-hint")}
            </Text>
            <Text size={200} block>
              {t("planner.further-hint")}
            </Text>
          </AccordionPanel>
        </AccordionItem>
      </Accordion>
      {form.probability && (
        <Switch
          label={t("planner.blank-certain")}
          checked={form["blank-certain"] === "true"}
          onChange={(_, { checked }) => onForm("blank-certain", String(checked))}
        />
      )}
      {/* What a table says of itself is taken at once, and seen without opening anything. */}
      {FURTHER.some((name) => form[name]) && (
        <Text size={200} block>
          {t("planner.report-sources", { sources: sourcesIn(form, language) })}
        </Text>
      )}
      <ChanceWords form={form} onForm={onForm} reading={reading} />
      <ReadingLine reading={reading} onStop={onStop} onAgain={onAgain} />
      {reading.kind === "ready" && reading.claims.groups && (
        <GroupChances form={form} onForm={onForm} claims={reading.claims} />
      )}
      <FactorsForm form={form} onForm={onForm} claims={reading.kind === "ready" ? reading.claims : undefined} />
    </>
  );
}

function ReadingLine({ reading, onStop, onAgain }: Pick<Props, "reading" | "onStop" | "onAgain">) {
  const styles = useStyles();
  const { t } = useTranslation();
  if (reading.kind === "none") return <Text size={200}>{t("planner.choose-claims")}</Text>;
  if (reading.kind === "reading") {
    return (
      <div className={styles.line}>
        <Field label={t("planner.reading")} size="small" style={{ flexGrow: 1 }}>
          <ProgressBar value={reading.part} />
        </Field>
        <Button size="small" onClick={onStop}>
          {t("parts.stop")}
        </Button>
      </div>
    );
  }
  return (
    <>
      {reading.kind === "failed" && <Wrong error={reading.error} />}
      {reading.kind === "ready" && <ReadClaims claims={reading.claims} />}
      {reading.kind === "ready" && reading.below && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t("planner.below", { cells: reading.below })}</MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.line}>
        {reading.kind === "stopped" && <Text size={200}>{t("parts.stopped")}</Text>}
        <Button size="small" onClick={onAgain}>
          {t("parts.read-again")}
        </Button>
      </div>
    </>
  );
}

function ReadClaims({ claims }: { readonly claims: Claims }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { amounts, rows, byFirm, header, certainBlanks, endsInTotal } = claims;
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  const size = byFirm ? t("planner.read-firms", { n: amounts.length, rows }) : t("planner.read-rows", { n: rows });
  return (
    <>
      <Text size={200} block role="status">
        {`${size}${{ zh: "", en: " " }[language]}${t("planner.read-total", { total: amountWords(total, language) })}`}
        {header !== undefined && ` ${t("planner.read-header", { header })}`}
        {certainBlanks > 0 && ` ${t("planner.certain-blanks", { n: certainBlanks })}`}
        {claims.inPercent && ` ${t("planner.in-percent")}`}
        {claims.monthsOnly ? ` ${t("planner.months-only", { n: claims.monthsOnly })}` : ""}
        {claims.columns.claims && !addsUp(claims) && ` ${t("planner.no-sums")}`}
      </Text>
      {endsInTotal && <Refused words={t("planner.ends-in-total", { amount: formatYuan(total / 2) })} />}
    </>
  );
}
