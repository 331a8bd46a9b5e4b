/** Award against amount: where each limit takes over, as a chart and as numbers; other jurisdictions laid over it. */
import { Button, Field, Select, Switch, Text } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { formatYuan, toDecimal, type Entry, type Language, type Ratio } from "../../rules";
import { labelOf, limitName } from "../../writers/words";
import { usePane } from "../context";
import { Facts } from "../facts";
import { moneyInputs, peers } from "../peers";
import { Chart } from "../parts/chart";
import { Section } from "../section";
import { readTrial } from "../trial/row";
import { columnsOf, curvesOf, extent, kinksOf, type Curve } from "./curve";

export function CurveView({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const { claim, language, typed, show } = usePane();
  const [comparing, setComparing] = useState(false);
  const amounts = moneyInputs(entry.instrument);
  const [chosen, setChosen] = useState(amounts[0]);
  const words = typed[entry.instrument.id];
  const own = useMemo(() => {
    const { plan, row } = readTrial(entry, claim, words ?? {});
    return { plan, ...(chosen === undefined ? { curves: [], missing: [] } : curvesOf(plan, row, chosen, language)) };
  }, [entry, claim, words, chosen, language]);
  const others = useMemo(
    () => (comparing && chosen !== undefined ? othersOf(entry, claim, words ?? {}, chosen, language) : []),
    [comparing, entry, claim, words, chosen, language],
  );
  if (chosen === undefined) return null;
  const { plan, curves, missing } = own;
  return (
    <Section title={t("curve.title")}>
      {amounts.length > 1 && (
        <Field label={t("curve.over")} size="small">
          <Select size="small" value={chosen} onChange={(_, { value }) => setChosen(value)}>
            {amounts.map((name) => (
              <option key={name} value={name}>
                {labelOf(plan.inputs, name, language)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {missing.length > 0 ? (
        <>
          <Text as="p">
            {t("curve.missing", { inputs: missing.map((name) => labelOf(plan.inputs, name, language)).join("、") })}
          </Text>
          <Button size="small" onClick={() => show("trial")}>
            {t("curve.enter")}
          </Button>
        </>
      ) : (
        <>
          <Lines curves={[...curves, ...others]} label={labelOf(plan.inputs, chosen, language)} />
          {curves.map((curve, i) => (
            <PieceList key={i} curve={curve} />
          ))}
          {peers(entry, claim).length > 0 && (
            <Switch
              label={t("curve.compare")}
              checked={comparing}
              onChange={(_, { checked }) => setComparing(checked)}
            />
          )}
        </>
      )}
    </Section>
  );
}

function othersOf(
  entry: Entry,
  claim: Parameters<typeof peers>[1],
  words: Readonly<Record<string, string>>,
  input: string,
  language: Language,
): Curve[] {
  return peers(entry, claim).flatMap((other) => {
    const { plan, row } = readTrial(other, claim, words);
    return plan.inputs[input] ? curvesOf(plan, row, input, language).curves : [];
  });
}

const compact = (language: Language) => {
  const format = new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en", { notation: "compact" });
  return (yuan: number) => format.format(yuan);
};

function Lines({ curves, label }: { readonly curves: readonly Curve[]; readonly label: string }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const drawing = useMemo(() => {
    const { x, y } = columnsOf(curves, extent(curves));
    const tick = compact(language);
    return {
      x: { label, values: x, tick },
      // The title names it; beside the numbers there is no room for it at 320 px.
      y: { label: "", tick },
      lines: curves.map(({ entry, label: answer }, i) => ({
        label: [entry.jurisdiction.name[language], entry.instrument.name[language], answer].filter(Boolean).join(" "),
        values: y[i]!,
      })),
      marks: kinksOf(curves.filter(({ entry }) => entry === curves[0]?.entry)).map((kink) => ({
        at: toDecimal(kink, 0).div(100).toNumber(),
        label: tick(toDecimal(kink, 0).div(100).toNumber()),
      })),
    };
  }, [curves, label, language]);
  return <Chart title={t("curve.title")} {...drawing} />;
}

/** The pieces of a curve in words: up to which amount which limit decides, and what is paid there. */
function PieceList({ curve }: { readonly curve: Curve }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const last = curve.pieces.length - 1;
  return (
    <>
      {curve.label && (
        <Text size={200} weight="semibold" block>
          {curve.label}
        </Text>
      )}
      <Facts
        facts={curve.pieces.map(({ from, to, binding, end, outcome }, i) => [
          i === last ? t("curve.from", { from: yuan(from) }) : t("curve.up-to", { to: yuan(to) }),
          binding && outcome.kind === "award"
            ? t("curve.binds", { limit: limitName(binding, language), award: yuan(end) })
            : t("curve.nothing"),
        ])}
      />
    </>
  );
}

/** To the fen; "≈" where the exact place lies between two fen. */
function yuan(fen: Ratio): string {
  const whole = fen.n % fen.d === 0n;
  return `${whole ? "" : "≈ "}${formatYuan(toDecimal(fen, 0))}`;
}
