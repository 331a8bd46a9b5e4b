/** The page of the workbench: a slim bar, the grid, and the task pane beside it, as in Excel. */
import { useEffect, useRef, useState, useSyncExternalStore, type ChangeEvent, type ReactNode } from "react";
import { setPick } from "../functions/pick";
import { univerWorkbook } from "../host/univer";
import type { Workbook } from "../host/workbook";
import { Pane } from "../taskpane/pane";
import { explainErrors, messageAt } from "./alert";
import type { Appearance } from "./appearance";
import { Divider, WIDTH } from "./divider";
import { setLanguage, startEngine, type Engine } from "./engine";
import type { Metadata } from "./metadata";
import { openFile } from "./open";
import { sampleWorkbook } from "./sample";
import { saveFile } from "./save";
import { TEXTS } from "./texts";

interface Props {
  readonly metadata: Metadata;
  readonly appearance: Appearance;
}

interface Started {
  readonly engine: Engine;
  readonly host: Workbook;
  readonly appearance: Appearance;
}

function start(grid: HTMLElement, { metadata, appearance }: Props): Started {
  const engine = startEngine(grid, metadata, appearance.dark);
  const host = univerWorkbook({ ...engine, appearance, messageAt: (cell) => messageAt(engine, cell) });
  engine.api.createWorkbook(sampleWorkbook());
  explainErrors(engine);
  return { engine, host, appearance };
}

/** Shows a file instead of the current workbook. The functions know its pick before they compute. */
async function open({ engine, host, appearance }: Started, file: File): Promise<void> {
  const { api, functions, messages } = engine;
  const workbook = await openFile(new Uint8Array(await file.arrayBuffer()), functions);
  const previous = api.getActiveWorkbook();
  if (previous) api.disposeUnit(previous.getId());
  messages.clear();
  api.createWorkbook(workbook);
  const pick = await host.pick();
  setPick(pick);
  if (pick.language) appearance.setLanguage(pick.language);
  api.getFormula().executeCalculation();
  await api.getFormula().onCalculationResultApplied();
}

async function save({ engine }: Started, fileName: string): Promise<void> {
  const bytes = await saveFile(engine);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes.slice()]));
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

export function Page(props: Props) {
  const { appearance } = props;
  const language = useSyncExternalStore(appearance.subscribe, () => appearance.language);
  const dark = useSyncExternalStore(appearance.subscribe, () => appearance.dark);
  const words = TEXTS[language];
  const grid = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [started, setStarted] = useState<Started>();
  const [workbookNumber, setWorkbookNumber] = useState(0);
  const [width, setWidth] = useState(WIDTH.initial);
  const [notice, setNotice] = useState<ReactNode>();

  // The engine lives as long as the page: it is started once and takes over its element.
  useEffect(() => {
    if (!grid.current || grid.current.hasChildNodes()) return;
    setStarted(start(grid.current, props));
  }, [props]);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.title;
  }, [language, words]);

  useEffect(() => started?.engine.api.toggleDarkMode(dark), [started, dark]);

  useEffect(() => {
    if (started) void setLanguage(started.engine, language);
  }, [started, language]);

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file || !started) return;
    setNotice(words.opening);
    try {
      await open(started, file);
      setWorkbookNumber((number) => number + 1);
      setNotice(undefined);
    } catch {
      setNotice(words.notOpened(file.name));
    }
  }

  return (
    <div className="workbench">
      <header className="bar" aria-label={words.bar}>
        <h1>{words.title}</h1>
        <button title={words.openHelp} onClick={() => chooser.current?.click()}>
          {words.open}
        </button>
        <input ref={chooser} type="file" accept=".xlsx" hidden onChange={(event) => void choose(event)} />
        <button
          title={words.saveHelp}
          onClick={() => started && void save(started, words.fileName).catch(() => setNotice(words.notSaved))}
        >
          {words.save}
        </button>
        <span role="status">{notice}</span>
      </header>
      <main className="grid" aria-label={words.grid} ref={grid} />
      <Divider label={words.divider} width={width} onWidth={setWidth} />
      <aside className="pane" aria-label={words.pane} style={{ width }}>
        {started && <Pane key={workbookNumber} host={started.host} />}
      </aside>
    </div>
  );
}
