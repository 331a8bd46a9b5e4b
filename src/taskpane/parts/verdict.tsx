/** The answer of a section in one sentence, in front of the table that proves it. */
import { makeStyles, Text, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  verdict: {
    margin: "8px 0",
    padding: "6px 8px",
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
});

export function Verdict({ words }: { readonly words: string }) {
  const styles = useStyles();
  return (
    <Text as="p" block weight="semibold" role="status" className={styles.verdict}>
      {words}
    </Text>
  );
}
