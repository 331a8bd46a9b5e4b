/**
 * The messages behind error cells. A cell of the spreadsheet keeps only its error code, so the words that our functions
 * give with it are kept here, by the cell that shows it.
 */

/** A cell by the ids of the spreadsheet engine; rows and columns count from 0. */
export interface CellId {
  readonly sheetId: string;
  readonly row: number;
  readonly column: number;
}

export interface Message {
  readonly code: string;
  readonly text: string;
}

const key = ({ sheetId, row, column }: CellId) => `${sheetId}:${row}:${column}`;

export class Messages {
  private readonly messages = new Map<string, Message>();
  /** Calling cell → the cells that its last result left messages on. */
  private readonly written = new Map<string, CellId[]>();

  /** A cell calculates anew: the answer of its last call is void. */
  begin(caller: CellId): void {
    for (const cell of this.written.get(key(caller)) ?? []) this.messages.delete(key(cell));
    this.written.delete(key(caller));
  }

  add(caller: CellId, cell: CellId, message: Message): void {
    this.messages.set(key(cell), message);
    const cells = this.written.get(key(caller));
    if (cells) cells.push(cell);
    else this.written.set(key(caller), [cell]);
  }

  at(cell: CellId): Message | undefined {
    return this.messages.get(key(cell));
  }

  clear(): void {
    this.messages.clear();
    this.written.clear();
  }
}
