/** The answer of a section in one sentence, in front of the table that proves it. */
import { makeStyles, Text, tokens } from "@fluentui/react-components";
import type { ReactNode } from "react";

const useStyles = makeStyles({
  verdict: {
    margin: "8px 0",
    padding: "6px 8px",
    borderLeft: `3px solid ${tokens.colorBrandStroke1}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  // While the next answer is computed, the fields below stay about where they are.
  answer: { minHeight: "84px" },
});

/** Where the answer of a section stands, above the fields that it depends on. */
export function Answer({ children }: { readonly children: ReactNode }) {
  return <div className={useStyles().answer}>{children}</div>;
}

export function Verdict({ words }: { readonly words: string }) {
  const styles = useStyles();
  return (
    <Text as="p" block weight="semibold" role="status" className={styles.verdict}>
      {words}
    </Text>
  );
}
