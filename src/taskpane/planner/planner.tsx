/** Plan a pool: which pool, which claims; then use, sharing, risk, sizing, time, and the pools of the jurisdiction together. */
import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Field,
  Select,
  Text,
} from "@fluentui/react-components";
import { memo, useEffect, useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Entry } from "../../rules";
import { entryName } from "../../writers/terms";
import { usePane } from "../context";
import { Section } from "../section";
import { averageMonths } from "./calendar";
import { CalendarView, useTime } from "./calendar-view";
import { ClaimsForm } from "./claims-form";
import { PLANNING_FIELDS, useFields, useForm, type FieldName, type Form } from "./form";
import { planningOf, type Planning } from "./planning";
import { OWN_POOL, poolIn, poolsOf } from "./pool";
import { PoolForm } from "./pool-form";
import { PortfolioView } from "./portfolio-view";
import { useReadings } from "./reading";
import { ReportButton } from "./report-button";
import { RiskView } from "./risk-view";
import { SharingView } from "./sharing-view";
import { SizingView } from "./sizing-view";
import { takeAsClaims } from "./take-table";
import { claimNotes } from "./tables";
import { Use } from "./use";
import { useSpoken } from "./words";
import { YearsView } from "./years-view";
import { CheckContext } from "../parts/now";
import { OlderLine } from "../parts/older-line";
import { Refused } from "../parts/refused";

export default function PlannerView() {
  const { t } = useTranslation();
  const { language, jurisdiction, claim } = usePane();
  const [choice, choose] = useForm(jurisdiction.id);
  const pools = useMemo(() => poolsOf(jurisdiction, claim), [jurisdiction, claim]);
  const own = choice.pool === OWN_POOL;
  const chosen = own ? undefined : (pools.find(({ instrument }) => instrument.id === choice.pool) ?? pools[0]);
  const id = chosen?.instrument.id ?? OWN_POOL;
  return (
    <div>
      <Text as="h2" block weight="semibold" style={{ margin: "0 0 4px" }}>
        {t("planner.title")}
      </Text>
      <Field label={t("planner.pool")} size="small" hint={pools.length ? null : t("planner.no-pools")}>
        <Select size="small" value={id} onChange={(_, { value }) => choose("pool", value)}>
          {pools.map((entry) => (
            <option key={entry.instrument.id} value={entry.instrument.id}>
              {entryName(entry, language)}
            </option>
          ))}
          <option value={OWN_POOL}>{t("planner.own-pool")}</option>
        </Select>
      </Field>
      <Plan key={id} id={id} entry={chosen} pools={pools} />
    </div>
  );
}

interface Props {
  /** Of the pool, under which its form is kept. */
  readonly id: string;
  readonly entry: Entry | undefined;
  readonly pools: readonly Entry[];
}

function Plan({ id, entry, pools }: Props) {
  const { t } = useTranslation();
  const pane = usePane();
  const { host, claim, table } = pane;
  const [form, onForm] = useForm(id);
  const untouched = form.claims === undefined && form.table === undefined;
  useEffect(() => {
    if (untouched && table) takeAsClaims(pane, table);
  }, [untouched, table, pane]);
  // A change of another field computes nothing again.
  const own = useFields(form, PLANNING_FIELDS);
  const pool = useMemo(() => poolIn(own, entry, claim), [own, entry, claim]);
  const forms = useMemo(() => [form], [form]);
  const { list, stop, again, round, isOlder, check } = useReadings(host, forms);
  const reading = list[0]!;
  const planning = useMemo(
    () => (reading.kind === "ready" ? planningOf(pool, own, reading.claims, claim.year) : undefined),
    [pool, own, reading, claim],
  );
  return (
    <CheckContext value={check}>
      <OlderLine isOlder={isOlder} onAgain={again} />
      <PoolForm pool={pool} onForm={onForm} />
      <Section title={t("planner.claims")}>
        <ClaimsForm id={id} form={form} onForm={onForm} reading={reading} round={round} onStop={stop} onAgain={again} />
      </Section>
      <Parts planning={planning} form={form} onForm={onForm} pools={pools} />
    </CheckContext>
  );
}

/** A section is drawn anew where its own question or answer changed, not with each part of another's. */
const Sections = {
  Use: memo(Use),
  Risk: memo(RiskView),
  Sharing: memo(SharingView),
  Sizing: memo(SizingView),
  Calendar: memo(CalendarView),
  Years: memo(YearsView),
  Portfolio: memo(PortfolioView),
};

const PARTS = ["use", "risk", "sharing", "sizing", "time", "years", "portfolio"] as const;
type Part = (typeof PARTS)[number];

interface PartProps {
  readonly planning: Planning | undefined;
  readonly form: Form;
  readonly onForm: (name: FieldName, value: string) => void;
  readonly pools: readonly Entry[];
}

/** Only what is open is computed. */
function Parts({ planning, form, onForm, pools }: PartProps) {
  const { t } = useTranslation();
  const { language } = usePane();
  const spoken = useSpoken();
  const [open, setOpen] = useState<readonly Part[]>(["use", "risk"]);
  const plan = planning && { planning, form, onForm };
  // Without the chances that were meant there is nothing to show; a growth is corrected in its own section.
  const refused = planning && (planning.chancesRefusal ?? planning.factorsRefusal);
  // Asked once for both: by day, and in which months it mostly happens, which only an uncertain world leaves open.
  const timed = !refused && (open.includes("time") || (open.includes("risk") && planning?.uncertain));
  const [time, stopTime] = useTime(
    timed && planning?.all.claims.dated?.length ? planning : undefined,
    planning?.cases[0]?.cap,
    planning?.carry ?? "once",
  );
  const months = time.kind === "done" ? averageMonths(time.value) : undefined;
  const content: Readonly<Record<Part, ReactNode>> = {
    use: plan && <Sections.Use planning={plan.planning} />,
    risk: plan && <Sections.Risk {...plan} months={months} />,
    sharing: plan && <Sections.Sharing {...plan} />,
    sizing: plan && <Sections.Sizing {...plan} />,
    time: plan && <Sections.Calendar {...plan} time={time} stopTime={stopTime} />,
    years: plan && <Sections.Years {...plan} />,
    portfolio: <Sections.Portfolio pools={pools} form={form} onForm={onForm} />,
  };
  const shown = PARTS.filter((part) => (part === "portfolio" ? pools.length > 1 : plan && !refused));
  return (
    <>
      {refused && <Refused words={refused[language]} />}
      {!refused && planning?.poolsRefusal && <Refused words={planning.poolsRefusal[language]} />}
      {planning &&
        !refused &&
        claimNotes(planning, spoken).map((note) => (
          <Text key={note} as="p" block size={200}>
            {note}
          </Text>
        ))}
      <Accordion
        multiple
        collapsible
        openItems={[...open]}
        onToggle={(_, { openItems }) => setOpen(openItems as Part[])}
      >
        {shown.map((part) => (
          <AccordionItem key={part} value={part}>
            <AccordionHeader as="h3">{t(`planner.part-${part}`)}</AccordionHeader>
            <AccordionPanel>{open.includes(part) && content[part]}</AccordionPanel>
          </AccordionItem>
        ))}
      </Accordion>
      {plan && !refused && <ReportButton planning={plan.planning} form={form} pools={pools} />}
    </>
  );
}
