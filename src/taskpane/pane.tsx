/** The task pane: the same in Excel and in the workbench. It talks to the workbook through `Workbook` alone. */
import { FluentProvider } from "@fluentui/react-components";
import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { I18nextProvider } from "react-i18next";
import type { Place, Workbook } from "../host/workbook";
import { useAppearance } from "./appearance";
import { Boundary } from "./boundary";
import { PaneContext, type PaneState, type ViewId } from "./context";
import { Frame } from "./frame";
import { useOwnPolicies } from "./own-policies";
import { usePick } from "./pick";
import { Start } from "./start/start";
import { firstStepsWanted, putFirstStepsAway } from "./start/wanted";
import { StandingProvider } from "./standing-provider";
import { tableAt, type TableInHand } from "./table-in-hand";
import { texts } from "./texts";
import { VIEWS } from "./views";
import { Waiting } from "./waiting";

interface Props {
  /** The workbook; null shows the pane without one. */
  readonly host: Workbook | null;
  /** A cell of a table that every job has at hand from the start. */
  readonly sample?: Place | undefined;
  /** Lets the user choose a file, where the page can open one. */
  readonly onOpenFile?: () => void;
}

export function Pane({ host, sample, onOpenFile }: Props) {
  const appearance = useAppearance(host);
  const [pick, pickState, changePick] = usePick(host, appearance.language);
  const own = useOwnPolicies(host);
  // The view that is open, behind those that led to it.
  const [trail, setTrail] = useState<readonly [...ViewId[], ViewId]>(["catalogue"]);
  const view = trail.at(-1)!;
  const [instrument, setInstrument] = useState<string>();
  const [typed, setTyped] = useState<PaneState["typed"]>({});
  const [table, takeTable] = useState<TableInHand>();
  const [firstSteps, setFirstSteps] = useState(firstStepsWanted);
  const { jurisdiction, year, language } = pick;

  useEffect(() => void texts.changeLanguage(language), [language]);

  useEffect(() => {
    if (!host || !sample) return;
    // Nothing is lost where the sample cannot be read: a table is taken by a click into it.
    tableAt(host, sample).then(
      (found) => takeTable((taken) => taken ?? found),
      () => undefined,
    );
  }, [host, sample]);

  const show = useCallback((next: ViewId, id?: string) => {
    if (id !== undefined) setInstrument(id);
    setTrail((before) => (before.at(-1) === next ? before : [...before, next]));
  }, []);
  const open = useCallback((next: ViewId) => setTrail([next]), []);
  const back = useCallback(
    () => setTrail((before) => (before.length > 1 ? (before.slice(0, -1) as [ViewId]) : before)),
    [],
  );
  const type = useCallback(
    (id: string, name: string, value: string) =>
      setTyped((before) => ({ ...before, [id]: { ...before[id], [name]: value } })),
    [],
  );
  const claim = useMemo(() => ({ year }), [year]);
  const state = useMemo(
    (): PaneState => ({
      host,
      language,
      theme: appearance.theme,
      jurisdiction,
      claim,
      instrument,
      typed,
      type,
      table,
      takeTable,
      own,
      choose: setInstrument,
      show,
    }),
    [host, language, appearance.theme, jurisdiction, claim, instrument, typed, type, table, own, show],
  );
  const Current = VIEWS[view].view;

  return (
    <FluentProvider theme={appearance.tokens} style={{ height: "100%" }}>
      <I18nextProvider i18n={texts}>
        <PaneContext value={state}>
          <StandingProvider host={host}>
            <Frame
              view={view}
              from={trail.at(-2)}
              onView={open}
              onBack={back}
              pick={pick}
              pickState={pickState}
              onPick={(part) => void changePick(part)}
              firstSteps={firstSteps}
              onFirstSteps={() => {
                setFirstSteps(true);
                open("catalogue");
              }}
            >
              {firstSteps && view === "catalogue" && (
                <Start
                  onOpenFile={onOpenFile}
                  onAway={() => {
                    putFirstStepsAway();
                    setFirstSteps(false);
                  }}
                />
              )}
              {/* What a view made of the catalogue it makes anew when own policies change; the view that changes them goes on. */}
              <Boundary key={view === "own" ? view : `${view} ${own.revision}`}>
                <Suspense fallback={<Waiting />}>
                  <Current />
                </Suspense>
              </Boundary>
            </Frame>
          </StandingProvider>
        </PaneContext>
      </I18nextProvider>
    </FluentProvider>
  );
}
