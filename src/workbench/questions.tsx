/** What the page asks: how to read a text file, under which name to save, whether to go on without saving. */
import { useMemo, useState } from "react";
import { ENCODINGS, type Encoding } from "../host/encoding";
import { type CsvReading, DELIMITERS, recognise, rowsOf } from "./csv";
import { Dialog } from "./dialog";
import type { Feature } from "./file/features";
import type { Texts } from "./texts";

const PREVIEW = { rows: 6, columns: 8 };

interface CsvProps {
  readonly words: Texts;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly onOpen: (reading: CsvReading, header: boolean) => void;
  readonly onCancel: () => void;
}

export function CsvQuestion({ words, fileName, bytes, onOpen, onCancel }: CsvProps) {
  const [reading, setReading] = useState<CsvReading>(() => recognise(bytes));
  const [header, setHeader] = useState(true);
  const rows = useMemo(() => {
    try {
      return rowsOf(bytes.slice(0, 2 ** 16), reading).slice(0, PREVIEW.rows);
    } catch {
      return [];
    }
  }, [bytes, reading]);
  const answers = [
    { label: words.open, choose: () => onOpen(reading, header) },
    { label: words.cancel, choose: onCancel },
  ];
  return (
    <Dialog title={words.csv(fileName)} answers={answers}>
      <p className="fields">
        <label>
          {words.encoding}
          <select
            value={reading.encoding}
            onChange={({ target }) => setReading({ ...reading, encoding: target.value as Encoding })}
          >
            {ENCODINGS.map((encoding) => (
              <option key={encoding} value={encoding}>
                {words.encodings[encoding]}
              </option>
            ))}
          </select>
        </label>
        <label>
          {words.delimiter}
          <select
            value={reading.delimiter}
            onChange={({ target }) => setReading({ ...reading, delimiter: target.value })}
          >
            {DELIMITERS.map((delimiter) => (
              <option key={delimiter} value={delimiter}>
                {words.delimiters[delimiter]}
              </option>
            ))}
          </select>
        </label>
        <label>
          <input type="checkbox" checked={header} onChange={({ target }) => setHeader(target.checked)} />
          {words.header}
        </label>
      </p>
      <table aria-label={words.preview}>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r} className={header && r === 0 ? "head" : undefined}>
              {row.slice(0, PREVIEW.columns).map((text, c) => (
                <td key={c}>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}

interface SaveProps {
  readonly words: Texts;
  readonly fileName: string;
  readonly losses: readonly string[];
  readonly onSave: (fileName: string) => void;
  readonly onCancel: () => void;
}

/** Before something is lost: what, and another name, so that the original stays. */
export function SaveQuestion({ words, fileName, losses, onSave, onCancel }: SaveProps) {
  const [name, setName] = useState(words.copy(fileName));
  const answers = [
    { label: words.saveAs, choose: () => onSave(name.trim() || words.copy(fileName)) },
    { label: words.cancel, choose: onCancel },
  ];
  return (
    <Dialog title={words.saveLost} answers={answers}>
      <p>{words.lost}</p>
      <ul>
        {losses.map((loss) => (
          <li key={loss}>{loss}</li>
        ))}
      </ul>
      <p className="fields">
        <label>
          {words.newName}
          <input value={name} onChange={({ target }) => setName(target.value)} />
        </label>
      </p>
      <p>{words.keepName}</p>
    </Dialog>
  );
}

interface FeaturesProps {
  readonly words: Texts;
  readonly features: readonly Feature[];
  readonly onClose: () => void;
}

/** What an opened file has beyond cells: what is kept unseen, and what saving will lose. */
export function FeatureList({ words, features, onClose }: FeaturesProps) {
  const list = (lost: boolean) =>
    features.filter((feature) => feature.lost === lost).map(({ name, count }) => words.features[name](count));
  const [lost, kept] = [list(true), list(false)];
  const stop = words.title.startsWith("Butie") ? "; " : "；";
  return (
    <section className="features" role="status">
      <p>
        {lost.length > 0 && <strong>{words.lost + lost.join(stop)}</strong>}{" "}
        {kept.length > 0 && words.kept + kept.join(stop)}
      </p>
      <button onClick={onClose}>{words.understood}</button>
    </section>
  );
}
