/** The page of the workbench: a slim bar, the grid, and the task pane beside it, as in Excel. */
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ChangeEvent,
  type ReactNode,
} from "react";
import { isSheetName } from "../host/name";
import { univerWorkbook } from "../host/univer";
import type { Place, Workbook } from "../host/workbook";
import { Pane } from "../taskpane/pane";
import { explainErrors, messageAt } from "./alert";
import type { Appearance } from "./appearance";
import { showCharts } from "./charts";
import { showChinese } from "./chinese-text";
import { Dialog } from "./dialog";
import { Divider, firstWidth } from "./divider";
import { Document } from "./document";
import { type Draft, eraseDraft, readDraft } from "./draft";
import { setLanguage, startEngine, type Engine } from "./engine";
import { refuseMiscounts } from "./entry";
import { FileRefusal } from "./file/limits";
import { growGrid } from "./grid";
import { focusGrid, useKeyboard } from "./keyboard";
import { shortenTexts } from "./long-text";
import type { Metadata } from "./metadata";
import "./narrow-numbers";
import { CsvQuestion, FeatureList, SaveQuestion } from "./questions";
import { SAMPLE_TABLE, sampleWorkbook } from "./sample";
import { TEXTS, type Texts } from "./texts";

/** Contracts that the starter model has room for here: each is looked at in some hundred formulas, which the engine takes one by one. */
const MODEL_ROWS = 60;

interface Props {
  readonly metadata: Metadata;
  readonly appearance: Appearance;
}

interface Started {
  readonly engine: Engine;
  readonly host: Workbook;
  readonly doc: Document;
  /** Settles when the first workbook is computed. */
  readonly computed: Promise<unknown>;
}

function start(grid: HTMLElement, { metadata, appearance }: Props): Started {
  const engine = startEngine(grid, metadata, appearance.dark);
  const host = univerWorkbook({ ...engine, appearance, messageAt: (cell) => messageAt(engine, cell) });
  const doc = new Document(engine, host, appearance, TEXTS[appearance.language].fileName);
  engine.api.createWorkbook(sampleWorkbook());
  explainErrors(engine);
  growGrid(engine);
  showChinese(engine);
  shortenTexts(engine);
  showCharts(
    engine,
    () => appearance.language,
    () => doc.changes.steps,
  );
  // What the engine does to get ready is no edit.
  const computed = engine.api
    .getFormula()
    .onCalculationResultApplied()
    .then(() => doc.changes.begin());
  return { engine, host, doc, computed };
}

function refusal(words: Texts, fileName: string, error: unknown): string {
  const { reason, where } = error instanceof FileRefusal ? error : new FileRefusal("damaged");
  return words.notOpened(fileName) + words.because(words.reasons[reason], reason === "damaged" ? "" : where);
}

const nothing = () => () => undefined;

export function Page(props: Props) {
  const { appearance } = props;
  const language = useSyncExternalStore(appearance.subscribe, () => appearance.language);
  const dark = useSyncExternalStore(appearance.subscribe, () => appearance.dark);
  const words = TEXTS[language];
  const grid = useRef<HTMLDivElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const pane = useRef<HTMLElement>(null);
  const [started, setStarted] = useState<Started>();
  // The sample's table is offered as soon as its formulas are computed, until another workbook is opened.
  const [sample, setSample] = useState<Place>();
  const [workbookNumber, setWorkbookNumber] = useState(0);
  const [width, setWidth] = useState(firstWidth);
  const [notice, setNotice] = useState<ReactNode>();
  const [question, setQuestion] = useState<ReactNode>();
  const [listed, setListed] = useState(false);
  const unsaved = useSyncExternalStore(
    started?.doc.changes.subscribe ?? nothing,
    () => started?.doc.changes.unsaved ?? false,
  );
  useKeyboard(started?.engine, pane);
  const answered = useCallback(() => setQuestion(undefined), []);

  /** Another workbook has taken the place of the last one: the pane begins anew. */
  const shown = useCallback(() => {
    setWorkbookNumber((number) => number + 1);
    setSample(undefined);
    setListed(true);
    setNotice(undefined);
  }, []);

  // The engine lives as long as the page: it is started once and takes over its element.
  useEffect(() => {
    if (!grid.current || grid.current.hasChildNodes()) return;
    const begun = start(grid.current, props);
    setStarted(begun);
    void begun.computed.then(() => setSample(SAMPLE_TABLE));
    void readDraft().then((draft) => {
      if (!draft) return;
      const ended = (choose: () => Promise<void>) => () => {
        answered();
        void choose();
      };
      const restore = async (kept: Draft) => {
        await begun.doc.restore(kept);
        shown();
      };
      const texts = TEXTS[props.appearance.language];
      setQuestion(
        <Dialog
          title={texts.draft}
          answers={[
            { label: texts.restore, choose: ended(() => restore(draft)) },
            { label: texts.erase, choose: ended(async () => eraseDraft()) },
            { label: texts.later, choose: answered },
          ]}
        >
          <p>
            {texts.draftBody(
              draft.fileName,
              draft.at.toLocaleString(props.appearance.language === "zh" ? "zh-CN" : "en"),
            )}
          </p>
        </Dialog>,
      );
    });
  }, [props, answered, shown]);

  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = words.title;
  }, [language, words]);

  useEffect(() => started?.engine.api.toggleDarkMode(dark), [started, dark]);

  useEffect(() => {
    if (started) void setLanguage(started.engine, language);
  }, [started, language]);

  useEffect(() => {
    if (!started) return;
    const listening = refuseMiscounts(started.engine, (found) => setNotice(found && words.miscounted(found)));
    return () => listening.dispose();
  }, [started, words]);

  // Excel would refuse the file.
  useEffect(() => {
    if (!started) return;
    const { api } = started.engine;
    const listening = api.addEvent(api.Event.BeforeSheetNameChange, (change) => {
      if (isSheetName(change.newName)) return;
      change.cancel = true;
      setNotice(words.notAName(change.newName));
    });
    return () => listening.dispose();
  }, [started, words]);

  const write = useCallback(
    async (fileName: string) => {
      setNotice(words.saving);
      try {
        await started?.doc.save(fileName);
        setNotice(words.saved(fileName));
      } catch {
        setNotice(words.notSaved);
      }
    },
    [started, words],
  );

  const save = useCallback(() => {
    if (!started) return;
    const { features, torn, fileName } = started.doc;
    const losses = features.filter(({ lost }) => lost).map(({ name, count }) => words.features[name](count));
    if (torn.length > 0) losses.push(words.torn(torn.join("、")));
    if (losses.length === 0) {
      void write(fileName);
      return;
    }
    const choose = (name: string) => {
      answered();
      void write(name);
    };
    setQuestion(<SaveQuestion {...{ words, fileName, losses }} onSave={choose} onCancel={answered} />);
  }, [started, words, write, answered]);

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      event.stopPropagation();
      save();
    };
    const leave = (event: BeforeUnloadEvent) => {
      if (started?.doc.changes.unsaved) event.preventDefault();
    };
    window.addEventListener("keydown", key, true);
    window.addEventListener("beforeunload", leave);
    return () => {
      window.removeEventListener("keydown", key, true);
      window.removeEventListener("beforeunload", leave);
    };
  }, [save, started]);

  /** Asks first where something would be lost. */
  function unlessUnsaved(go: () => void) {
    if (!unsaved) {
      go();
      return;
    }
    const answers = [
      {
        label: words.goOn,
        choose: () => {
          answered();
          go();
        },
      },
      { label: words.cancel, choose: answered },
    ];
    setQuestion(
      <Dialog title={words.discard} answers={answers}>
        <p>{words.discardBody}</p>
      </Dialog>,
    );
  }

  async function load(fileName: string, go: () => Promise<void>) {
    setNotice(words.opening);
    try {
      await go();
      shown();
      if (started) focusGrid(started.engine);
    } catch (error) {
      setNotice(refusal(words, fileName, error));
    }
  }

  /** A blank workbook or the starter model, which is made when it is asked for. */
  function askFresh() {
    if (!started) return;
    const { doc } = started;
    const choose = (fileName: string, go: () => Promise<void>) => () => {
      answered();
      void load(fileName, go);
    };
    const model = async () => {
      const { templateBook } = await import("../export/template");
      await doc.open(words.modelName, templateBook({ year: 2026, rows: MODEL_ROWS }));
    };
    setQuestion(
      <Dialog
        title={words.fresh}
        answers={[
          { label: words.freshBlank, choose: choose("", () => doc.blank(words.freshName)) },
          { label: words.freshModel, choose: choose(words.modelName, model) },
          { label: words.cancel, choose: answered },
        ]}
      >
        <p>{words.freshBody}</p>
      </Dialog>,
    );
  }

  const chooseFile = () => unlessUnsaved(() => chooser.current?.click());

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file || !started) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { doc } = started;
    if (!/\.(csv|txt|tsv)$/i.test(file.name)) {
      await load(file.name, () => doc.open(file.name, bytes));
      return;
    }
    setQuestion(
      <CsvQuestion
        {...{ words, bytes, fileName: file.name }}
        onOpen={(reading, header) => {
          answered();
          void load(file.name, () => doc.openCsv(file.name, bytes, reading, header));
        }}
        onCancel={answered}
      />,
    );
  }

  const features = listed ? (started?.doc.features ?? []) : [];
  return (
    <div className="workbench">
      <header className="bar" aria-label={words.bar}>
        <h1>{words.title}</h1>
        <button title={words.freshHelp} onClick={() => unlessUnsaved(askFresh)}>
          {words.fresh}
        </button>
        <button title={words.openHelp} onClick={chooseFile}>
          {words.open}
        </button>
        <input
          ref={chooser}
          type="file"
          accept=".xlsx,.xlsm,.csv,.txt,.tsv"
          hidden
          onChange={(event) => void choose(event)}
        />
        <button title={words.saveHelp} onClick={save}>
          {words.save}
        </button>
        <span className="file">{started && started.doc.fileName + (unsaved ? words.unsaved : "")}</span>
        <span role="status">{notice}</span>
      </header>
      {features.length > 0 && <FeatureList {...{ words, features }} onClose={() => setListed(false)} />}
      <main className="grid" aria-label={words.grid} aria-keyshortcuts="F6" ref={grid} />
      <Divider label={words.divider} width={width} onWidth={setWidth} />
      <aside className="pane" aria-label={words.pane} aria-keyshortcuts="F6 Escape" style={{ width }} ref={pane}>
        {started && <Pane key={workbookNumber} host={started.host} sample={sample} onOpenFile={chooseFile} />}
      </aside>
      {question}
    </div>
  );
}
