/** Award against amount: where each limit takes over, as a chart and as numbers; other jurisdictions laid over it. */
import { Button, Field, Select, Switch, Text } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entry, Language } from "../../rules";
import { labelOf } from "../../writers/words";
import { usePane } from "../context";
import { moneyInputs, peers } from "../peers";
import { Section } from "../section";
import { readTrial } from "../trial/row";
import { curvesOf, type Curve } from "./curve";
import { CurveChart } from "./curve-chart";

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
          <CurveChart curves={curves} others={others} label={labelOf(plan.inputs, chosen, language)} />
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
