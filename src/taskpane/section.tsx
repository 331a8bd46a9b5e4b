import { makeStyles, Text } from "@fluentui/react-components";
import { useId, type ReactNode } from "react";

const useStyles = makeStyles({ title: { margin: "16px 0 4px" } });

/** A titled part of a view. */
export function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <Text as="h3" id={id} block weight="semibold" className={styles.title}>
        {title}
      </Text>
      {children}
    </section>
  );
}
