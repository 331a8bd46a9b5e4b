/** A range of the sheet: typed, or taken from the selection. */
import { Button, Field, Input, makeStyles } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import { usePane } from "../context";
import type { TextKey } from "../texts";

const useStyles = makeStyles({
  row: { display: "flex", gap: "4px" },
  input: { flexGrow: 1, minWidth: 0 },
});

interface Props {
  readonly label: string;
  readonly required?: boolean;
  readonly value: string;
  readonly fault: TextKey | undefined;
  readonly onValue: (value: string) => void;
}

export function RangeField({ label, required = false, value, fault, onValue }: Props) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { host } = usePane();
  const take = async () => {
    const selected = await host?.selection();
    if (selected) onValue(reference(selected));
  };
  return (
    <Field
      label={label}
      required={required}
      size="small"
      validationState={fault ? "error" : "none"}
      validationMessage={fault ? t(fault) : null}
    >
      <span className={styles.row}>
        <Input size="small" className={styles.input} value={value} onChange={(_, data) => onValue(data.value)} />
        <Button size="small" aria-label={t("insertion.take-for", { label })} onClick={() => void take()}>
          {t("insertion.take")}
        </Button>
      </span>
    </Field>
  );
}
