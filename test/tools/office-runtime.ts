/**
 * Microsoft's own custom-functions runtime in jsdom, so that tests see what Excel would receive. What Excel then does with
 * it (blanks, spilling, showing errors) is not part of it.
 *
 *   const excel = new OfficeRuntime(readFileSync("dist/functions.js", "utf8"));
 *   await excel.call("SUANLI_QUAN", [[[1000000]], [[true]]]);       // [[300000]]
 *   await excel.call("SUANLI_QUAN", [[["abc"]], [[true]]]);         // [[{ error: "#VALUE!", message: "第1行：…" }]]
 *   excel.close();
 *
 * The runtime reports results twice a second: give many calls at once (`Promise.all`), not one after the other.
 * Arguments are as Excel hands them over: an `any[][]` argument is a matrix, also for one cell; an omitted one is `null`.
 */
import { readFileSync } from "node:fs";
import { type DOMWindow, JSDOM } from "jsdom";

// On a busy machine, the half seconds grow.
jest.setTimeout(60_000);

export type CellResult = string | number | boolean | null | CellError;

/** An error cell. The message is what Excel shows beside "#VALUE!" and "#N/A". */
export interface CellError {
  readonly error: string;
  readonly message: string;
}

/** How the runtime spells the error of a whole call. */
const ERRORS: Record<number, string> = { 1: "#N/A", 2: "#VALUE!", 5: "#DIV/0!", 6: "#NUM!", 7: "#VALUE!", 8: "#NULL!" };

/** `[call, true, value]` or `[call, false, message, error]`. */
type Invocation = [number, true, unknown] | [number, false, string, number];

type Bridge = {
  sendMessageToHost(text: string): void;
  onMessageFromHost?(text: string): void;
};

const PAGE = `<!doctype html><script src="https://localhost:3000/custom-functions-runtime.js"></script>`;

function cellOf(value: unknown): CellResult {
  if (typeof value !== "object" || value === null) return value as CellResult;
  const { valueType, code, message } = value as { valueType?: string; code: string; message?: string };
  if (valueType !== "CustomFunctionError") throw new Error(`Not a cell value: ${JSON.stringify(value)}`);
  return { error: code, message: message ?? "" };
}

export class OfficeRuntime {
  private readonly window: DOMWindow & { _richApiNativeBridge: Bridge };
  private readonly waiting = new Map<number, (cells: CellResult[][]) => void>();
  private calls = 0;

  /** @param script source text of a functions.js, which calls `CustomFunctions.associate` */
  constructor(script: string) {
    // The runtime refuses to run where no script tag of the page has its file name.
    const page = new JSDOM(PAGE, { url: "https://localhost:3000/taskpane.html", runScripts: "outside-only" });
    this.window = page.window as typeof this.window;
    this.window._richApiNativeBridge = { sendMessageToHost: (text) => this.receive(text) };
    this.window.eval(readFileSync(require.resolve("@microsoft/office-js/dist/custom-functions-runtime.js"), "utf8"));
    this.window.eval(script);
  }

  /**
   * Calls one function as one formula cell would.
   * @param name id of the function
   * @param args one entry per argument
   * @returns the cells that the result fills, row by row; one row with one cell for a single value or error
   */
  call(name: string, args: readonly unknown[]): Promise<CellResult[][]> {
    const id = ++this.calls;
    const result = new Promise<CellResult[][]>((resolve) => this.waiting.set(id, resolve));
    // 4: an error cell among the arguments may reach the function (allowErrorForDataTypeAny).
    this.send({ type: 3, message: { entries: [[1, 1000, "", [id, name, args, "Sheet1!A1", 4], 0]] } });
    return result;
  }

  /** Ends the runtime's timers. */
  close(): void {
    this.window.close();
  }

  private send(message: unknown): void {
    this.window._richApiNativeBridge.onMessageFromHost!(JSON.stringify(message));
  }

  private receive(text: string): void {
    const { id, message } = JSON.parse(text) as { id: number; message?: { body?: string | object } };
    const body = message?.body;
    const request = (typeof body === "string" ? JSON.parse(body) : (body ?? {})) as {
      Actions?: { Name: string; ArgumentInfo: { Arguments: [Invocation[]] } }[];
    };
    for (const action of request.Actions ?? [])
      if (action.Name.startsWith("SetInvocation"))
        action.ArgumentInfo.Arguments[0].forEach((done) => this.settle(done));
    const nothing = JSON.stringify({ Results: [], ProcessedResults: [] });
    const answer = { id, type: 2, flags: 0, message: { statusCode: 200, headers: {}, body: nothing } };
    setImmediate(() => this.send(answer));
  }

  private settle([call, succeeded, value, error]: Invocation): void {
    const rows = succeeded ? (Array.isArray(value) ? (value as unknown[][]) : [[value]]) : null;
    this.waiting.get(call)?.(
      rows?.map((row) => row.map(cellOf)) ?? [
        [{ error: ERRORS[error!] ?? `error ${error}`, message: value as string }],
      ],
    );
    this.waiting.delete(call);
  }
}
