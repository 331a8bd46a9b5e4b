/** Whether a formula names place and year, or follows the pick of the pane. */
import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { usePane } from "../context";

interface Props {
  readonly explicit: boolean;
  readonly onExplicit: (explicit: boolean) => void;
}

export function PeriodField({ explicit, onExplicit }: Props) {
  const { t } = useTranslation();
  const { claim } = usePane();
  return (
    <Field label={t("insertion.period")} size="small">
      <RadioGroup
        layout="horizontal"
        value={explicit ? "explicit" : "picked"}
        onChange={(_, { value }) => onExplicit(value === "explicit")}
      >
        <Radio value="explicit" label={t("insertion.explicit", { year: claim.year })} />
        <Radio value="picked" label={t("insertion.picked")} />
      </RadioGroup>
    </Field>
  );
}
