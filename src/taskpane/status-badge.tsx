/** In force, draft, guidance, digest, ended or not begun yet; whether for a part of the year only; and what is reported. */
import { Badge, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { isInForce, isPartialYear, type Claim, type Entry } from "../rules";
import { noticesOf, STATUS } from "../writers/terms";
import { usePane } from "./context";

const COLORS = {
  "in-force": "success",
  draft: "warning",
  guidance: "informative",
  digest: "informative",
  own: "important",
} as const;

const useStyles = makeStyles({
  // A line of its own below the badges.
  notice: { flexBasis: "100%", color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

export function StatusBadge({ entry, claim }: { readonly entry: Entry; readonly claim: Claim }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { language } = usePane();
  const { document } = entry;
  const { status, window } = document;
  const inForce = isInForce(entry, claim);
  return (
    <>
      {(inForce || status !== "in-force") && (
        <Badge appearance={status === "draft" ? "filled" : "tint"} color={COLORS[status]}>
          {STATUS[status][language]}
        </Badge>
      )}
      {!inForce && (
        <Badge appearance="outline" color="informative">
          {t(Number(window.from.slice(0, 4)) > claim.year ? "status.not-yet" : "status.ended")}
        </Badge>
      )}
      {inForce && isPartialYear(document, claim) && (
        <Badge appearance="outline" color="warning">
          {t("status.partial")}
        </Badge>
      )}
      {noticesOf(document, language).map((notice) => (
        <Text key={notice} size={200} block className={styles.notice}>
          {notice}
        </Text>
      ))}
    </>
  );
}
