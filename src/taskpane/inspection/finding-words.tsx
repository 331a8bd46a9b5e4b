import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { readAmount } from "../../tables";
import { usePane } from "../context";
import { amountWords } from "../money";
import type { Finding } from "./finding";

/** One finding in words, beside its cell. */
export function FindingWords({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const { language } = usePane();
  const words = (): string => {
    switch (finding.kind) {
      case "error":
        return [finding.more ? t("finding.error-more", finding) : finding.error, finding.because]
          .filter(Boolean)
          .join(language === "zh" ? "：" : ": ");
      case "small":
      case "large":
        return amountWords(readAmount(finding.yuan), language);
      case "blank-flag":
        return finding.inputs.join(language === "zh" ? "、" : ", ");
      case "total":
        return finding.words;
      case "version":
        return t("finding.version-stamped", { stamped: finding.stamped });
      case "draft":
        return finding.document;
      case "picked":
        return finding.fixed ?? "";
      case "unreadable":
        return finding.argument;
    }
  };
  return (
    <Text size={200} style={{ overflowWrap: "anywhere", minWidth: 0 }}>
      {words()}
    </Text>
  );
}
