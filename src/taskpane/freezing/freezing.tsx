/** Freezes our formulas for those without the add-in, and brings them back. */
import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody, Text } from "@fluentui/react-components";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Workbook } from "../../host/workbook";
import { useAnswer } from "../answer";
import { Comparison } from "../comparison/comparison";
import { usePane } from "../context";
import { Failure } from "../failure";
import { Section } from "../section";
import { caresOf, freeze, mapsOf, thaw, type Cares, type Frozen, type Thawed } from "./freeze";
import type { FreezeMap } from "../../host/frozen-map";

const useStyles = makeStyles({
  view: { display: "flex", flexDirection: "column", gap: "8px", alignItems: "start" },
});

/** What is to be done once one has looked at the sheets. */
interface Task {
  readonly map?: FreezeMap;
  readonly overwrite: boolean;
}

type State =
  | { readonly kind: "ready" | "working" }
  | { readonly kind: "asking"; readonly task: Task; readonly cares: Cares }
  | { readonly kind: "frozen"; readonly frozen: Frozen }
  | { readonly kind: "thawed"; readonly thawed: Thawed; readonly map: FreezeMap }
  | { readonly kind: "failed"; readonly error: unknown };

export default function FreezingView() {
  const { t } = useTranslation();
  const { host } = usePane();
  return host ? <Freezing host={host} /> : <Text as="p">{t("freezing.no-workbook")}</Text>;
}

const isWhole = ({ changed, left, damaged, missing }: Thawed): boolean =>
  !changed.length && !left.length && !damaged.length && !missing;

/** The moment in the user's time zone, to the second. */
const now = (): string => new Date().toLocaleString("sv-SE");

interface OffersProps {
  readonly host: Workbook;
  readonly busy: boolean;
  /** @param sheets on which cells would change */
  readonly onTask: (task: Task, sheets: readonly string[]) => void;
}

/** What there is to freeze, and what was frozen. */
function Offers({ host, busy, onTask }: OffersProps) {
  const { t } = useTranslation();
  const ask = useCallback(async () => ({ formulas: await host.formulas(), maps: await mapsOf(host) }), [host]);
  const found = useAnswer(ask);
  if (found.state === "failed") return <Failure error={found.error} />;
  if (found.state === "waiting") return null;
  const { formulas, maps } = found.value;
  const sheetsOf = (cells: readonly { readonly sheet: string }[]) => cells.map(({ sheet }) => sheet);
  return (
    <>
      <Button
        appearance="primary"
        disabled={busy || formulas.length === 0}
        onClick={() => onTask({ overwrite: false }, sheetsOf(formulas))}
      >
        {t("freezing.freeze", { n: formulas.length })}
      </Button>
      {maps.map((map) => (
        <Section key={map.sheet} title={t("freezing.map", { sheet: map.sheet, time: map.time })}>
          <Text size={200} block>
            {t("freezing.version", { version: map.version })}
          </Text>
          <Button
            disabled={busy}
            onClick={() => onTask({ map, overwrite: false }, sheetsOf(map.frozen.map(({ cell }) => cell)))}
          >
            {t("freezing.thaw", { n: map.frozen.length })}
          </Button>
        </Section>
      ))}
    </>
  );
}

function Freezing({ host }: { readonly host: Workbook }) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { jurisdiction, claim, language } = usePane();
  const [state, setState] = useState<State>({ kind: "ready" });
  const [round, setRound] = useState(0);
  const comma = language === "zh" ? "、" : ", ";

  /** Asks first where cells would change that are protected or that nobody sees. */
  async function begin(task: Task, sheets: readonly string[]) {
    setState({ kind: "working" });
    try {
      const cares = await caresOf(host, sheets);
      if (cares.locked.length || cares.unseen.length) setState({ kind: "asking", task, cares });
      else await run(task, []);
    } catch (error) {
      setState({ kind: "failed", error });
    }
  }

  async function run({ map, overwrite }: Task, leave: readonly string[]) {
    setState({ kind: "working" });
    try {
      const left = new Set(leave);
      if (map) setState({ kind: "thawed", map, thawed: await thaw(host, map, left, overwrite, now()) });
      else {
        const pick = { jurisdiction: jurisdiction.id, year: claim.year, language };
        const reading = { signal: new AbortController().signal, pick };
        setState({ kind: "frozen", frozen: await freeze(host, left, now(), reading) });
      }
    } catch (error) {
      setState({ kind: "failed", error });
    }
    setRound((before) => before + 1);
  }

  const list = (
    key:
      | "freezing.unready"
      | "freezing.spilled"
      | "freezing.left"
      | "freezing.stays"
      | "freezing.changed"
      | "freezing.damaged",
    where: readonly string[],
  ) => (where.length ? t(key, { where: where.join(comma) }) : "");
  return (
    <div className={styles.view}>
      <Text as="p">{t("freezing.what")}</Text>
      <Offers
        key={round}
        host={host}
        busy={state.kind === "working"}
        onTask={(task, sheets) => void begin(task, sheets)}
      />
      {state.kind === "asking" && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {state.cares.locked.length > 0 && t("freezing.locked", { sheets: state.cares.locked.join(comma) })}
            {state.cares.unseen.length > 0 && t("freezing.unseen", { sheets: state.cares.unseen.join(comma) })}
          </MessageBarBody>
          <MessageBarActions>
            {state.cares.unseen.length > 0 && (
              <Button size="small" onClick={() => void run(state.task, state.cares.locked)}>
                {t("freezing.with-unseen")}
              </Button>
            )}
            <Button size="small" onClick={() => void run(state.task, [...state.cares.locked, ...state.cares.unseen])}>
              {t("freezing.without")}
            </Button>
            <Button size="small" onClick={() => setState({ kind: "ready" })}>
              {t("cancel")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {state.kind === "failed" && <Failure error={state.error} />}
      {state.kind === "frozen" && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            {t("freezing.frozen", { n: state.frozen.count, sheet: state.frozen.sheet ?? "–" })}
            {state.frozen.sheet !== undefined && host.capabilities.undo && t("freezing.undo")}
            {list("freezing.unready", state.frozen.unready)}
            {list("freezing.spilled", state.frozen.spilled)}
            {list("freezing.left", state.frozen.left)}
          </MessageBarBody>
        </MessageBar>
      )}
      {state.kind === "thawed" && (
        <MessageBar intent={isWhole(state.thawed) ? "success" : "warning"} layout="multiline">
          <MessageBarBody>
            {t("freezing.thawed", { n: state.thawed.count })}
            {state.thawed.count > 0 && host.capabilities.undo && t("freezing.undo")}
            {list("freezing.changed", state.thawed.changed)}
            {list("freezing.stays", state.thawed.left)}
            {list("freezing.damaged", state.thawed.damaged)}
            {state.thawed.missing > 0 && t("freezing.missing", { n: state.thawed.missing })}
          </MessageBarBody>
          {state.thawed.changed.length > 0 && (
            <MessageBarActions>
              <Button
                size="small"
                onClick={() =>
                  void begin(
                    { map: state.map, overwrite: true },
                    state.map.frozen.map(({ cell }) => cell.sheet),
                  )
                }
              >
                {t("freezing.overwrite")}
              </Button>
            </MessageBarActions>
          )}
        </MessageBar>
      )}
      <Comparison host={host} />
    </div>
  );
}
