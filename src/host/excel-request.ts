/** Requests to Excel: what is queued in a context goes out with `sync`, and a refusal comes back in the user's words. */
import { refusal } from "./refusal";
import { WorkbookError } from "./workbook";

/** Excel on the web refuses more than 5 MB each way; a cell with value, formula and text stays under 250 bytes. */
export const CELLS_PER_REQUEST = 20_000;

const REASONS: Readonly<Record<string, WorkbookError["reason"]>> = {
  AccessDenied: "protected",
  InvalidOperationInCellEditMode: "editing",
  ResponsePayloadSizeLimitExceeded: "too-large",
  RequestPayloadSizeLimitExceeded: "too-large",
  RangeExceedsLimit: "too-large",
  OperationCellsExceedLimit: "too-large",
};

/** Runs a batch in a context of its own. */
export async function run<T>(
  batch: (context: Excel.RequestContext) => Promise<T>,
  options: Excel.RunOptions = {},
): Promise<T> {
  try {
    return await Excel.run(options, batch);
  } catch (error) {
    if (error instanceof WorkbookError) throw error;
    const { code = "", message = String(error) } = error as Partial<OfficeExtension.Error>;
    throw refusal(REASONS[code] ?? "host", message, error);
  }
}

/** The sheet, known to exist: a missing one is the user's to hear of by name, not as Excel's "ItemNotFound". */
export async function sheetOf(context: Excel.RequestContext, name: string): Promise<Excel.Worksheet> {
  const sheet = context.workbook.worksheets.getItemOrNullObject(name);
  sheet.load("visibility");
  await context.sync();
  if (sheet.isNullObject) throw refusal("no-sheet", name);
  return sheet;
}

/** Sends what is queued, between the parts of a large write, so that no request outgrows Excel's limit. */
export function flush(context: Excel.RequestContext): Promise<void> {
  return context.sync();
}
