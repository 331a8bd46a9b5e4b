/** What became of an insertion, and the question before anything is written over. */
import { Button, makeStyles, Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import { Failure } from "../failure";
import { PlaceLink } from "../place-link";
import type { Insertion } from "./insertion";

const useStyles = makeStyles({
  line: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center", marginTop: "4px" },
});

export function InsertionLine({ insertion: { state, overwrite, cancel } }: { readonly insertion: Insertion }) {
  const styles = useStyles();
  const { t } = useTranslation();
  if (state.kind === "idle") return null;
  if (state.kind === "failed") return <Failure error={state.error} />;
  return (
    <div className={styles.line} role="status">
      {state.kind === "no-cell" && <Text size={200}>{t("parts.no-cell")}</Text>}
      {state.kind === "done" && (
        <Text size={200}>
          {t("parts.inserted")} <PlaceLink place={state.place} />
        </Text>
      )}
      {state.kind === "occupied" && (
        <>
          <Text size={200}>{t("parts.occupied", { place: reference(state.place) })}</Text>
          <Button size="small" onClick={overwrite}>
            {t("parts.overwrite")}
          </Button>
          <Button size="small" onClick={cancel}>
            {t("parts.cancel")}
          </Button>
        </>
      )}
    </div>
  );
}
