/** A formula as it stands in its cell. */
import { makeStyles, tokens } from "@fluentui/react-components";
import { usePane } from "../context";

const useStyles = makeStyles({
  formula: {
    display: "block",
    padding: "8px",
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    overflowWrap: "anywhere",
  },
});

export function FormulaText({ formula }: { readonly formula: string }) {
  const { host } = usePane();
  return <code className={useStyles().formula}>{host?.typed(formula) ?? formula}</code>;
}
