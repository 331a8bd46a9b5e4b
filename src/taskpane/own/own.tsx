/** The user's own policies: what there is, what is wrong; copied, imported, changed, exported, removed. */
import { Button, Field, Input, makeStyles, Text, tokens } from "@fluentui/react-components";
import { useRef, useState, type ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../host/download";
import { decode, encodingOf } from "../../host/encoding";
import { cellOfLine, OWN_SHEET } from "../../host/own-policies";
import {
  CATALOGUE,
  chunksOf,
  isOwn,
  joined,
  readOwnPolicies,
  textOf,
  type Chunk,
  type Entry,
  type OwnMistake,
  idOf,
  isOneDocument,
  ownPolicies,
  versionOf,
  versionsIn,
} from "../../rules";
import { usePane } from "../context";
import { Wrong } from "../parts/refused";
import { StatusBadge } from "../status-badge";
import { PolicyForm } from "./form";
import { Mistakes } from "./mistakes";

const useStyles = makeStyles({
  view: { display: "flex", flexDirection: "column", gap: "8px" },
  row: { display: "flex", flexWrap: "wrap", gap: "4px 8px", alignItems: "center" },
  list: { listStyleType: "none", margin: 0, padding: 0 },
  item: { padding: "8px 0", borderTop: `1px solid ${tokens.colorNeutralStroke2}` },
  id: { color: tokens.colorNeutralForeground2, overflowWrap: "anywhere" },
});

const ACCEPTED = ".yaml,.yml,.json";

type Doing = { readonly kind: "list" } | { readonly kind: "form"; readonly changing: Entry | undefined };

export default function OwnView() {
  const styles = useStyles();
  const { t } = useTranslation();
  const { own, host } = usePane();
  const [doing, setDoing] = useState<Doing>({ kind: "list" });
  const [failed, setFailed] = useState<{ found: readonly OwnMistake[]; error?: unknown }>({ found: [] });
  const chooser = useRef<HTMLInputElement>(null);
  const chunks = chunksOf(own.text);
  const done = () => setDoing({ kind: "list" });

  async function attempt(work: () => Promise<readonly OwnMistake[]>) {
    try {
      setFailed({ found: await work() });
    } catch (error) {
      setFailed({ found: [], error });
    }
  }

  /** Adds the policies of a file, none where there is a mistake or an id that is taken. */
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (!file) return;
    await attempt(async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const text = decode(bytes, encodingOf(bytes));
      const { policies, found } = readOwnPolicies([
        { name: OWN_SHEET, text: own.text },
        { name: file.name, text },
      ]);
      const wrong = found.filter(({ name }) => name === file.name);
      if (wrong.length) return wrong;
      const kept = new Set(chunks.map(({ id }) => id));
      // YAML stays as it was written, with its remarks; JSON is written as YAML.
      const added = /\.json$/i.test(file.name)
        ? policies.filter(({ document }) => !kept.has(document.id)).map((policy) => ({ text: textOf(policy) }))
        : chunksOf(text);
      await own.save(joined([...chunks, ...added]));
      return [];
    });
  }

  /** Adds the policy in which an instrument stands once more, from another day on; what changes then is written on the sheet. */
  async function addVersion(entry: Entry, from: string) {
    await attempt(async () => {
      const policy = ownPolicies()!.policies.find((one) => isOneDocument(one, entry))!;
      const { document } = policy;
      const added = textOf({ ...policy, document: { ...document, window: { ...document.window, from } } });
      const text = joined([...chunks, { text: added }]);
      const { found } = readOwnPolicies([{ name: OWN_SHEET, text }]);
      if (found.length > own.found.length) return found.slice(own.found.length);
      await own.save(text);
      await host?.jump(cellOfLine(lineOf(text, added)));
      return [];
    });
  }

  if (doing.kind === "form") return <PolicyForm changing={doing.changing} onDone={done} />;
  const entries = CATALOGUE.filter(isOwn).flatMap(versionsIn);
  return (
    <div className={styles.view}>
      <Text size={200}>{t(host ? "own.about" : "own.about-alone")}</Text>
      <div className={styles.row}>
        <Button size="small" appearance="primary" onClick={() => setDoing({ kind: "form", changing: undefined })}>
          {t("own.copy")}
        </Button>
        <Button size="small" onClick={() => chooser.current?.click()}>
          {t("own.import")}
        </Button>
        <input
          ref={chooser}
          type="file"
          accept={ACCEPTED}
          hidden
          aria-label={t("own.import")}
          onChange={(event) => void take(event)}
        />
        {host && (
          <Button size="small" onClick={own.read}>
            {t("own.reread")}
          </Button>
        )}
      </div>
      <Mistakes found={[...own.found, ...failed.found]} />
      {(failed.error ?? own.error) !== undefined && <Wrong error={failed.error ?? own.error} />}
      {entries.length === 0 && !own.found.length && <Text as="p">{t("own.none")}</Text>}
      <ul className={styles.list}>
        {entries.map((entry) => (
          <Item
            key={idOf(entry)}
            entry={entry}
            chunk={chunks.filter(({ id }) => id === entry.document.id).find(isVersion(entry))}
            onChange={() => setDoing({ kind: "form", changing: entry })}
            onVersion={(from) => void addVersion(entry, from)}
            onRemove={() =>
              void attempt(async () => {
                await own.save(
                  joined(chunks.filter((chunk) => chunk.id !== entry.document.id || !isVersion(entry)(chunk))),
                );
                return [];
              })
            }
          />
        ))}
      </ul>
    </div>
  );
}

/** Whether a part of the text is the version in which an instrument stands; a document with one version has one part. */
const isVersion =
  (entry: Entry) =>
  ({ from }: Chunk): boolean =>
    from === undefined || from === versionOf(entry);

/** The line of a text, from 1, on which its last occurrence of a part begins. */
const lineOf = (text: string, part: string): number => text.slice(0, text.lastIndexOf(part)).split("\n").length;

interface ItemProps {
  readonly entry: Entry;
  readonly chunk: Chunk | undefined;
  readonly onChange: () => void;
  readonly onVersion: (from: string) => void;
  readonly onRemove: () => void;
}

function Item({ entry, chunk, onChange, onVersion, onRemove }: ItemProps) {
  const styles = useStyles();
  const { t } = useTranslation();
  const { claim, host, language, own, show } = usePane();
  const [asked, setAsked] = useState(false);
  const [newFrom, setNewFrom] = useState<string>();
  const { instrument, document } = entry;
  // The form knows one version and one window, and would lose remarks of the user's own.
  const isVersioned = idOf(entry) !== instrument.id;
  const isDated = isVersioned || instrument.window !== undefined;
  const hasRemarks = chunk !== undefined && /^[^"']*(^|\s)#/m.test(chunk.text.replace(/^#.*$/m, ""));
  const line = chunk ? lineOf(own.text, chunk.text) : 1;
  return (
    <li className={styles.item}>
      <div className={styles.row}>
        <Text weight="semibold">{instrument.name[language]}</Text>
        <StatusBadge entry={entry} claim={claim} />
      </div>
      <Text size={200} block className={styles.id}>
        {`${idOf(entry)} · ${entry.jurisdiction.name[language]} · ${document.title[language]}`}
      </Text>
      {isVersioned && (
        <Text size={200} block>
          {t("own.version", { from: versionOf(entry) })}
        </Text>
      )}
      <div className={styles.row}>
        <Button size="small" onClick={() => show("instrument", idOf(entry))}>
          {t("own.open")}
        </Button>
        {(hasRemarks || isDated) && host ? (
          <Button size="small" onClick={() => void host.jump(cellOfLine(line))}>
            {t("own.change-in-sheet")}
          </Button>
        ) : (
          <Button size="small" onClick={onChange}>
            {t("own.change")}
          </Button>
        )}
        {chunk && (
          <Button
            size="small"
            onClick={() => download(`${document.title.zh}.yaml`, new TextEncoder().encode(`${chunk.text}\n`))}
          >
            {t("own.export")}
          </Button>
        )}
        {newFrom === undefined && (
          <Button size="small" onClick={() => setNewFrom("")}>
            {t("own.new-version")}
          </Button>
        )}
        <Button size="small" onClick={() => (asked ? onRemove() : setAsked(true))}>
          {t(asked ? "own.remove-really" : "own.remove")}
        </Button>
      </div>
      {newFrom !== undefined && (
        <div className={styles.row}>
          <Field label={t("own.version-from")} size="small" hint={t("own.version-hint")}>
            <Input size="small" type="date" value={newFrom} onChange={(_, { value }) => setNewFrom(value)} />
          </Field>
          <Button size="small" disabled={!newFrom} onClick={() => onVersion(newFrom)}>
            {t("own.add-version")}
          </Button>
        </div>
      )}
    </li>
  );
}
