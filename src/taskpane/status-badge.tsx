/** In force, draft, guidance, digest, ended or not begun yet; and whether for a part of the year only. */
import { Badge } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { isInForce, isPartialYear, type Claim, type Entry } from "../rules";
import { STATUS } from "../writers/terms";
import { usePane } from "./context";

const COLORS = { "in-force": "success", draft: "warning", guidance: "informative", digest: "informative" } as const;

export function StatusBadge({ entry: { document }, claim }: { readonly entry: Entry; readonly claim: Claim }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const { status, window } = document;
  const inForce = isInForce(document, claim);
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
    </>
  );
}
