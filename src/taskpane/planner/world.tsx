/** What a section assumes of the claims: that each comes at its amount, or that they come as likely as was given. */
import { Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";

/** @param years that were drawn; undefined where every claim comes */
export function World({ years }: { readonly years: number | undefined }) {
  const { t } = useTranslation();
  return (
    <Text size={200} block>
      {years === undefined ? t("planner.all-come") : t("planner.averages", { years })}
    </Text>
  );
}
