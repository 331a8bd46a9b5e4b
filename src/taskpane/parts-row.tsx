/** The parts of a job, in one row below the tabs. */
import { makeStyles, mergeClasses, tokens } from "@fluentui/react-components";

const useStyles = makeStyles({
  row: {
    display: "flex",
    marginBottom: "8px",
    padding: "2px",
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  part: {
    flex: "1 1 0",
    minWidth: 0,
    padding: "4px 2px",
    border: "1px solid transparent",
    borderRadius: tokens.borderRadiusMedium,
    background: "none",
    color: tokens.colorNeutralForeground2,
    fontFamily: "inherit",
    fontSize: tokens.fontSizeBase200,
    cursor: "pointer",
    ":hover": { color: tokens.colorNeutralForeground1 },
    ":focus-visible": { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  selected: {
    backgroundColor: tokens.colorNeutralBackground1,
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
  },
});

interface Props<Id extends string> {
  readonly label: string;
  readonly parts: readonly { readonly id: Id; readonly label: string }[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
}

export function Parts<Id extends string>({ label, parts, selected, onSelect }: Props<Id>) {
  const styles = useStyles();
  return (
    <nav aria-label={label} className={styles.row}>
      {parts.map(({ id, label: name }) => (
        <button
          key={id}
          type="button"
          aria-current={id === selected ? "page" : undefined}
          className={mergeClasses(styles.part, id === selected && styles.selected)}
          onClick={() => onSelect(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
