/** A formula as it stands in its cell. */
import { makeStyles, tokens } from "@fluentui/react-components";

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

export const FormulaText = ({ formula }: { readonly formula: string }) => (
  <code className={useStyles().formula}>{formula}</code>
);
