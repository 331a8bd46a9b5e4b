/** The fields of each analysis, filled with where one looks first. */
import { makeStyles, Text } from "@fluentui/react-components";
import { kindOfLever, leversOf, tierOfLever, tornadoLevers, type Lever, type Plan } from "../../../rules";
import { SCENARIO_COLUMNS } from "../../../tables";
import { usePane } from "../../context";
import { useWords } from "../../words";
import { ChoiceField, MoneyField, NumberField } from "../../parts/fields";
import type { Typed } from "../../trial/row";
import {
  axisFields,
  breakEvenLever,
  breakEvenLevers,
  endFields,
  MEASURES,
  measureIn,
  solvedLever,
  solvedLevers,
  type Analysis,
  type AxisName,
} from "./form";
import { leverName } from "./table";

const useStyles = makeStyles({
  axis: { border: 0, padding: 0, margin: 0, minWidth: 0 },
  ends: {
    display: "grid",
    gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))",
    gap: "8px",
    alignItems: "start",
    marginTop: "4px",
  },
  pair: { display: "grid", gridTemplateColumns: "repeat(auto-fit, minmax(132px, 1fr))", gap: "8px" },
});

interface Props {
  readonly analysis: Analysis;
  readonly typed: Typed;
  readonly plans: readonly Plan[];
  readonly onType: (name: string, value: string) => void;
}

export function Fields(props: Props) {
  const t = useWords();
  switch (props.analysis) {
    case "one":
      return <AxisEntry {...props} analysis="one" name="rows" label={t("sensitivity.lever")} />;
    case "two":
      return (
        <>
          <AxisEntry {...props} analysis="two" name="rows" label={t("sensitivity.rows")} />
          <AxisEntry {...props} analysis="two" name="columns" label={t("sensitivity.columns")} />
        </>
      );
    case "tornado":
      return <TornadoEntry {...props} />;
    case "break-even":
      return <BreakEvenEntry {...props} />;
    case "pairs":
      return <PairsEntry {...props} />;
  }
}

/** The column of a table of scenarios that does the same. */
const COLUMN = {
  rate: "rate",
  cap: "cap",
  domesticShare: "domestic_share",
  growth: "growth",
  newFirms: "new_firms",
} as const;
const columnOf = (lever: Lever): string =>
  tierOfLever(lever) === undefined ? COLUMN[kindOfLever(lever)] : `${kindOfLever(lever)}s`;

interface AxisProps extends Props {
  readonly analysis: "one" | "two" | "pairs";
  readonly name: AxisName;
  readonly label: string;
}

function AxisEntry({ analysis, typed, plans, onType, name, label }: AxisProps) {
  const styles = useStyles();
  const t = useWords();
  const { language } = usePane();
  const { lever, count } = axisFields(typed, name, analysis, plans);
  const help = SCENARIO_COLUMNS.find((column) => column.name === columnOf(lever))!.help[language];
  return (
    <fieldset className={styles.axis} aria-label={label}>
      <ChoiceField
        label={label}
        hint={help}
        value={lever}
        options={leversOf(plans).map((one) => [one, leverName(one, t, language)] as const)}
        onValue={(value) => onType(`${analysis}-${name}-lever`, value)}
      />
      <div className={styles.ends}>
        <EndFields lever={lever} typed={typed} plans={plans} onType={onType} />
        <NumberField
          label={t("sensitivity.count")}
          value={count}
          onValue={(value) => onType(`${analysis}-${name}-count`, value)}
        />
      </div>
    </fieldset>
  );
}

function TornadoEntry({ typed, plans, onType }: Props) {
  const styles = useStyles();
  const t = useWords();
  return (
    <>
      <Text size={200} block>
        {t("sensitivity.tornado-hint")}
      </Text>
      {tornadoLevers(plans).map((lever) => (
        <div key={lever} className={styles.pair}>
          <EndFields lever={lever} typed={typed} plans={plans} onType={onType} named />
        </div>
      ))}
    </>
  );
}

function BreakEvenEntry(props: Props) {
  const { typed, plans, onType } = props;
  const t = useWords();
  const { language } = usePane();
  return (
    <>
      <ChoiceField
        label={t("sensitivity.solve-for")}
        value={breakEvenLever(typed, plans)}
        options={breakEvenLevers(plans).map((one) => [one, leverName(one, t, language)] as const)}
        onValue={(value) => onType("break-even-lever", value)}
      />
      <TargetEntry {...props} />
    </>
  );
}

function PairsEntry(props: Props) {
  const { typed, plans, onType } = props;
  const t = useWords();
  const { language } = usePane();
  const { lever } = axisFields(typed, "rows", "pairs", plans);
  const solved = solvedLevers(lever, plans);
  return (
    <>
      <TargetEntry {...props} />
      <AxisEntry {...props} analysis="pairs" name="rows" label={t("sensitivity.along")} />
      {solved.length ? (
        <ChoiceField
          label={t("sensitivity.solved")}
          value={solvedLever(typed, plans)}
          options={solved.map((one) => [one, leverName(one, t, language)] as const)}
          onValue={(value) => onType("pairs-solved", value)}
        />
      ) : (
        <Text size={200}>{t("sensitivity.no-second")}</Text>
      )}
    </>
  );
}

/** The sum, and of what. */
function TargetEntry({ typed, onType }: Props) {
  const t = useWords();
  const measure = measureIn(typed);
  return (
    <>
      <ChoiceField
        label={t("sensitivity.measure")}
        hint={t(`sensitivity.measure-${measure}-hint`)}
        value={measure}
        options={MEASURES.map((one) => [one, t(`sensitivity.measure-${one}`)] as const)}
        onValue={(value) => onType("measure", value)}
      />
      <MoneyField
        label={t("sensitivity.wanted")}
        value={typed.wanted ?? ""}
        unit={10_000}
        onValue={(value) => onType("wanted", value)}
      />
    </>
  );
}

interface EndsProps extends Pick<Props, "typed" | "plans" | "onType"> {
  readonly lever: Lever;
  /** Whether the labels name the lever. */
  readonly named?: boolean;
}

/** The two ends of a lever: of a cap they are amounts. */
export function EndFields({ lever, typed, plans, onType, named = false }: EndsProps) {
  const t = useWords();
  const { language } = usePane();
  const ends = endFields(typed, lever, plans);
  return (["from", "to"] as const).map((end) => {
    const field = {
      label: named ? t(`sensitivity.lever-${end}`, { name: leverName(lever, t, language) }) : t(`sensitivity.${end}`),
      value: ends[end],
      onValue: (value: string) => onType(`${lever}-${end}`, value),
    };
    return kindOfLever(lever) === "cap" ? (
      <MoneyField key={end} {...field} unit={10_000} />
    ) : (
      <NumberField key={end} {...field} />
    );
  });
}
