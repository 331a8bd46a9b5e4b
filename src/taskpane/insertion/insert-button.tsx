/** Inserts the formula; asks first where cells are not empty; shows what was written and how to take it back. */
import { Button, MessageBar, MessageBarActions, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reference } from "../../host/address";
import type { Entry, Place, Workbook } from "../../host/workbook";
import { usePane } from "../context";
import { Failure } from "../failure";
import { PRIMARY_KEYS } from "../focus";
import { noteRules } from "../made-with";
import { filledCells } from "./target";

type State =
  | { readonly kind: "ready" | "writing" | "written" }
  | { readonly kind: "asking"; readonly filled: number }
  | { readonly kind: "failed"; readonly error: unknown };

interface Props {
  readonly host: Workbook;
  /** What is written, as one step. */
  readonly entries: readonly Entry[];
  /** The cells that the user is told of. */
  readonly area: Place;
  /** The results, which are shown when they are written. */
  readonly result: Place;
  /** The cell of the formula, where the results repeat those of a block. */
  readonly source?: Place | undefined;
}

/** How many of the cells that will be written hold something. */
async function filledIn(host: Workbook, entries: readonly Entry[]): Promise<number> {
  const written = entries.filter(({ cells }) => cells);
  const filled = await Promise.all(written.map(({ place }) => filledCells(host, place)));
  return filled.reduce((sum, n) => sum + n, 0);
}

export function InsertButton({ host, entries, area, result, source }: Props) {
  const { t } = useTranslation();
  const { show } = usePane();
  const [state, setState] = useState<State>({ kind: "ready" });
  const where = reference(area);

  async function insert(overwrite: boolean) {
    setState({ kind: "writing" });
    try {
      const filled = overwrite ? 0 : await filledIn(host, entries);
      if (filled > 0) {
        setState({ kind: "asking", filled });
        return;
      }
      await host.write(entries);
      await noteRules(host);
      await host.jump(result);
      setState({ kind: "written" });
    } catch (error) {
      setState({ kind: "failed", error });
    }
  }

  async function explain() {
    if (source) await host.jump(source);
    show("explanation");
  }

  if (state.kind === "asking") {
    return (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>{t("insertion.not-empty", { where, n: state.filled })}</MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => void insert(true)}>
            {t("insertion.overwrite")}
          </Button>
          <Button size="small" onClick={() => setState({ kind: "ready" })}>
            {t("cancel")}
          </Button>
        </MessageBarActions>
      </MessageBar>
    );
  }
  return (
    <>
      <Button
        appearance="primary"
        aria-keyshortcuts={PRIMARY_KEYS}
        disabled={state.kind === "writing"}
        onClick={() => void insert(false)}
      >
        {t("insertion.insert", { where })}
      </Button>
      {state.kind === "failed" && <Failure error={state.error} />}
      {state.kind === "written" && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>
            {t("insertion.written", { where })} {host.capabilities.undo && t("insertion.undo")}
          </MessageBarBody>
          <MessageBarActions>
            <Button size="small" onClick={() => void explain()}>
              {t("insertion.explain")}
            </Button>
          </MessageBarActions>
        </MessageBar>
      )}
    </>
  );
}
