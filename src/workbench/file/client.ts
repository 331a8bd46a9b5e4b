/** The page's side of the worker that reads and writes files. */
import type { Abilities, Answer, OpenedFile, Request, SavedWorkbook } from "./book";
import { FileRefusal } from "./limits";

/** So long a file may take to read. It is told in words; whoever waits longer waits in vain. */
const PATIENCE = 20_000;

function ask<Kind extends Answer["kind"]>(request: Request, kind: Kind): Promise<Extract<Answer, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url));
    const timer = setTimeout(() => end(() => reject(new FileRefusal("tooSlow"))), PATIENCE);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      worker.terminate();
      settle();
    };
    worker.onerror = () => end(() => reject(new FileRefusal("damaged")));
    worker.onmessage = ({ data }: MessageEvent<Answer>) =>
      end(() => {
        if (data.kind === kind) resolve(data as Extract<Answer, { kind: Kind }>);
        else if (data.kind === "refused") reject(new FileRefusal(data.reason, data.where));
        else reject(new FileRefusal("damaged", data.kind === "failed" ? data.message : ""));
      });
    worker.postMessage(request);
  });
}

/** @throws FileRefusal */
export async function open(bytes: Uint8Array, abilities: Abilities): Promise<OpenedFile> {
  return (await ask({ kind: "open", bytes, abilities }, "opened")).file;
}

export async function save(
  original: Uint8Array | undefined,
  workbook: SavedWorkbook,
  abilities: Abilities,
): Promise<Uint8Array> {
  return (await ask({ kind: "save", original, workbook, abilities }, "saved")).bytes;
}
