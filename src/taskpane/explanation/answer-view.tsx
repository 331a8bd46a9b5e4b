/** One answer with its workings; above it, for an error, the reason in words and what to do. */
import { MessageBar, MessageBarBody, MessageBarTitle, Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";
import type { Call } from "../formula";
import { PlaceLink } from "../place-link";
import { Section } from "../section";
import type { TextKey } from "../texts";
import { Paper } from "../working/paper";
import { reasonOf, type Answer, type Explanation } from "./explain";

/** What Excel's own errors mean and what to do; ours follow from what the rules answered. */
const HOST_ERRORS: Readonly<Record<string, TextKey>> = {
  "#SPILL!": "error.spill",
  "#NAME?": "error.name",
  "#BUSY!": "error.busy",
  "#GETTING_DATA": "error.busy",
  "#REF!": "error.ref",
  "#CALC!": "error.calc",
};

const REMEDIES = {
  "not-in-force": "remedy.not-in-force",
  incomplete: "remedy.incomplete",
  unquantified: "remedy.unquantified",
  "above-ceiling": "remedy.above-ceiling",
  "too-large": "remedy.too-large",
} as const;

interface Props {
  readonly call: Call;
  readonly error: string | undefined;
  readonly message: string | undefined;
  readonly explanation: Explanation;
}

export function AnswerView({ call, error, message, explanation: { answer, inputs } }: Props) {
  const { t } = useTranslation();
  const hostError = error === undefined ? undefined : HOST_ERRORS[error];
  return (
    <>
      {hostError && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{error}</MessageBarTitle>
            {t(hostError)}
          </MessageBarBody>
        </MessageBar>
      )}
      <Reason answer={answer} error={error} message={message} />
      {answer.kind === "no-award" && <Text as="p">{t("explanation.no-award", { name: call.name })}</Text>}
      {answer.kind === "unreadable" && <Text as="p">{t("explanation.unreadable", { argument: answer.argument })}</Text>}
      {inputs.length > 0 && (
        <Section title={t("explanation.inputs")}>
          {inputs.map((place, i) => (
            <span key={i}>
              {i > 0 && " · "}
              <PlaceLink place={place} />
            </span>
          ))}
        </Section>
      )}
      {answer.kind === "award" && (
        <Paper award={answer.award} row={answer.row} under={answer.under} counted={answer.counted} />
      )}
    </>
  );
}

/** Why there is no amount, in the words of the rules, and the way out. */
function Reason({
  answer,
  error,
  message,
}: {
  answer: Answer;
  error: string | undefined;
  message: string | undefined;
}) {
  const { t } = useTranslation();
  const { language } = usePane();
  const remedy = remedyOf(answer);
  const words = answer.kind === "error-in-input" ? t("explanation.error-in-input") : message;
  const reason = answer.kind === "refused" || answer.kind === "award" ? reasonOf(answer)?.[language] : words;
  if (!reason) return null;
  return (
    <MessageBar intent={error ? "error" : "info"} layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{error ?? ""}</MessageBarTitle>
        {reason}
        {remedy && <p>{t(remedy)}</p>}
      </MessageBarBody>
    </MessageBar>
  );
}

function remedyOf(answer: Answer): TextKey | undefined {
  if (answer.kind === "refused") return "remedy.refused";
  if (answer.kind === "error-in-input") return "remedy.error-in-input";
  if (answer.kind !== "award") return undefined;
  const { kind } = answer.award.outcome;
  return kind in REMEDIES ? REMEDIES[kind as keyof typeof REMEDIES] : undefined;
}
