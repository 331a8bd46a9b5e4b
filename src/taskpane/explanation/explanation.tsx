/** Explains the selected cell: its formula, the workings of its award, and for an error the reason and what to do. */
import { Button, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaCell, Place, Workbook } from "../../host/workbook";
import { useAnswer } from "../answer";
import { usePane } from "../context";
import { Failure } from "../failure";
import { callsIn, type Call } from "../formula";
import { FUNCTION_NAMES } from "../../functions/declared";
import { useSelection } from "../selection";
import { Waiting } from "../waiting";
import { AnswerView } from "./answer-view";
import { explain, indexOf, type Explained } from "./explain";

const useStyles = makeStyles({
  head: { display: "flex", justifyContent: "space-between", alignItems: "center", gap: "8px" },
  formula: {
    display: "block",
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
    margin: "4px 0",
  },
});

export default function ExplanationView() {
  const { t } = useTranslation();
  const { host, claim, jurisdiction } = usePane();
  const [reading, setReading] = useState(0);
  const place = useSelection(host);
  if (!host) return <Text as="p">{t("explanation.no-workbook")}</Text>;
  if (place === undefined) return <Waiting />;
  if (place === null) return <Text as="p">{t("explanation.several-areas")}</Text>;
  // Another cell, another pick or a click on "again" asks anew.
  const key = [place.sheet, place.address, jurisdiction.code, claim.year, reading].join("!");
  return <ExplainedCell key={key} host={host} place={place} onAgain={() => setReading(reading + 1)} />;
}

/** What was found in a cell. */
interface Found {
  readonly cell: FormulaCell | null;
  readonly call?: Call;
  readonly message?: string | undefined;
  readonly explained?: Explained;
  /** Which of the answers the cell shows. */
  readonly index?: number;
}

async function find(host: Workbook, place: Place): Promise<Found> {
  const cell = await host.formulaAt(place);
  const call = cell ? callsIn(cell.formula, FUNCTION_NAMES)[0] : undefined;
  if (!cell || !call) return { cell };
  const [message, explained] = await Promise.all([
    host.errorMessage(place),
    explain(host, call, cell.sheet, cell.address),
  ]);
  return { cell, call, message, explained, index: indexOf(call, cell, place) };
}

interface Props {
  readonly host: Workbook;
  readonly place: Place;
  readonly onAgain: () => void;
}

function ExplainedCell({ host, place, onAgain }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const [step, setStep] = useState(0);
  const ask = useCallback(() => find(host, place), [host, place]);
  const found = useAnswer(ask);
  if (found.state === "waiting") return <Waiting />;
  if (found.state === "failed") return <Failure error={found.error} />;
  const { cell, call, message, explained, index: first = 0 } = found.value;
  if (!cell || !call || !explained) {
    return (
      <Text as="p">{t(cell ? "explanation.other-formula" : "explanation.no-formula", { cell: place.address })}</Text>
    );
  }
  const { count } = explained;
  const index = first + step;
  return (
    <div>
      <div className={styles.head}>
        <Text as="h2" weight="semibold">{`${place.sheet} ${place.address}`}</Text>
        <Button size="small" onClick={onAgain}>
          {t("explanation.again")}
        </Button>
      </div>
      <code className={styles.formula}>{cell.formula}</code>
      {count > 1 && (
        <div className={styles.head}>
          <Button size="small" disabled={index === 0} onClick={() => setStep(step - 1)}>
            {t("explanation.previous")}
          </Button>
          <Text size={200}>{t("explanation.row", { index: String(index + 1), count })}</Text>
          <Button size="small" disabled={index >= count - 1} onClick={() => setStep(step + 1)}>
            {t("explanation.next")}
          </Button>
        </div>
      )}
      <AnswerView call={call} error={cell.error} message={message} explanation={explained.at(index)} />
    </div>
  );
}
