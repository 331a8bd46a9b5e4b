/** What the user chose for the headers of tables: kept in the workbook, the same for every job. */
import { useEffect } from "react";
import type { Workbook } from "../host/workbook";
import type { Unit } from "../tables";
import { Ongoing, perWorkbook, useOngoing } from "./parts/ongoing";

/** What was chosen for a header: what it fills ("": nothing), and the unit of its amounts. */
export interface Chosen {
  readonly name: string;
  readonly unit?: Unit;
}
/** By the key of the header. */
export type ChosenHeaders = ReadonlyMap<string, Chosen>;

const HEADER = /^HEADER_\d+$/;
const CHOSEN = /^([^]*)=([a-z_]*)(?:@(1|10000|100000000))?$/;

/** The headers among the notes of a workbook, each with the key of its note. */
async function notesOf(
  host: Pick<Workbook, "notes">,
): Promise<(readonly [note: string, header: string, chosen: Chosen])[]> {
  return [...(await host.notes())].flatMap(([note, text]) => {
    const [, header, name, unit] = (HEADER.test(note) && CHOSEN.exec(text)) || [];
    return header === undefined ? [] : [[note, header, { name: name!, ...(unit && { unit: Number(unit) as Unit }) }]];
  });
}

class Headers extends Ongoing<ChosenHeaders> {
  constructor(private readonly host: Pick<Workbook, "notes" | "note">) {
    super(new Map());
  }

  /** Without the notes every choice can still be made anew. */
  async read(): Promise<void> {
    const notes = await notesOf(this.host).catch(() => []);
    const found = new Map(notes.map(([, header, chosen]) => [header, chosen]));
    if (JSON.stringify([...found]) !== JSON.stringify([...this.state])) this.notify(found);
  }

  /** @param chosen undefined forgets what was chosen */
  async choose(header: string, chosen: Chosen | undefined): Promise<void> {
    const next = new Map(this.state);
    if (chosen) next.set(header, chosen);
    else next.delete(header);
    this.notify(next);
    const notes = await notesOf(this.host);
    const before = notes.find(([, known]) => known === header)?.[0];
    const free = Math.max(0, ...notes.map(([note]) => Number(note.slice("HEADER_".length)))) + 1;
    const text = chosen ? `${header}=${chosen.name}${chosen.unit ? `@${chosen.unit}` : ""}` : "";
    await this.host.note(before ?? `HEADER_${free}`, text);
  }
}

const NONE = new Headers({ notes: () => Promise.resolve(new Map()), note: () => Promise.resolve() });
const headersOf = perWorkbook((host) => new Headers(host));

/** What was chosen so far, and the way to choose. */
export function useChosen(
  host: Workbook | null,
): [ChosenHeaders, (header: string, chosen: Chosen | undefined) => void] {
  const headers = host ? headersOf(host) : NONE;
  useEffect(() => void headers.read(), [headers]);
  // A workbook that keeps no notes forgets the choice; the table is computed all the same.
  const choose = (header: string, chosen: Chosen | undefined) =>
    void headers.choose(header, chosen).catch(() => undefined);
  return [useOngoing(headers), choose];
}
