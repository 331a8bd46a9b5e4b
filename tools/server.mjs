// A server for the files of one folder, on this machine only. Built-in modules only.
import { createReadStream, statSync } from "node:fs";
import http from "node:http";
import path from "node:path";

const CONTENT_TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".map": "application/json; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".xml": "text/xml; charset=utf-8",
};

/** The file that a request means, or null: outside the folder, missing, or no file. "/x/" means "/x/index.html". */
function fileOf(folder, url) {
  try {
    const pathname = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const file = path.join(folder, pathname, pathname.endsWith("/") ? "index.html" : "");
    return file.startsWith(folder + path.sep) && statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "localhost", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/**
 * Serves `folder` over http on localhost.
 * @param folder absolute path
 * @param port wanted port; the next free one is taken where it is in use; 0 takes any
 * @returns the server, with `address` ("http://localhost:3000") and `close()`
 */
export async function serve(folder, port) {
  const server = http.createServer((request, response) => {
    const file = fileOf(folder, request.url ?? "/");
    if (!file) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found");
      return;
    }
    const headers = { "content-type": CONTENT_TYPES[path.extname(file)] ?? "application/octet-stream" };
    response.writeHead(200, { ...headers, "cache-control": "no-cache" });
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
  });
  for (let candidate = port; ; candidate++) {
    try {
      await listen(server, candidate);
      break;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || candidate - port >= 100) throw error;
    }
  }
  return {
    address: `http://localhost:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
