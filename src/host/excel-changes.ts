/** What Excel tells of cells that changed: by hand, by calculation, with a sheet that went. */
import { run } from "./excel-request";
import type { Unsubscribe } from "./workbook";

/** A host that refuses the events is asked for the cells when the pane gets the focus, and before anything is written. */
export function onCellsChanged(callback: () => void): Unsubscribe {
  const changed = () => Promise.resolve(callback());
  const added = run(async (context) => {
    const { onChanged, onCalculated, onDeleted } = context.workbook.worksheets;
    const handlers = [onChanged.add(changed), onCalculated.add(changed), onDeleted.add(changed)];
    await context.sync();
    return handlers;
  }).catch(() => []);
  // Handlers are taken away in the context in which they were added.
  const remove = async () => {
    const handlers = await added;
    const [first] = handlers;
    if (!first) return;
    await Excel.run(first.context, async (context) => {
      for (const handler of handlers) handler.remove();
      await context.sync();
    });
  };
  return () => void remove().catch(() => undefined);
}
