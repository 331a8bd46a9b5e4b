/** Reads and writes files beside the page, so that the page stays alive and can stop what takes too long. */
import type { Answer, Request } from "./book";
import { FileRefusal } from "./limits";
import { openFile } from "./read";
import { saveFile } from "./write";

function answer(request: Request): Answer {
  try {
    if (request.kind === "open") return { kind: "opened", file: openFile(request.bytes, request.abilities) };
    return { kind: "saved", bytes: saveFile(request.original, request.workbook, request.abilities) };
  } catch (error) {
    if (error instanceof FileRefusal) return { kind: "refused", reason: error.reason, where: error.where };
    return { kind: "failed", message: String(error) };
  }
}

self.onmessage = ({ data }: MessageEvent<Request>) => self.postMessage(answer(data));
