// A server for the files of one folder, on this machine only: sirv, with the rules around it that a page of figures needs.
import { readdirSync, readFileSync } from "node:fs";
import http from "node:http";
import path from "node:path";
import sirv from "sirv";

const POLICY = /http-equiv="Content-Security-Policy" content="([^"]*)"/;

/** The policy of each page, by its path, as its own tag has it; only a header can also forbid to be framed. */
function policies(folder) {
  const pages = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".html"));
  const entries = pages.map((file) => {
    const [, policy = "default-src 'self'"] = POLICY.exec(readFileSync(path.join(folder, file), "utf8")) ?? [];
    return [`/${file.split(path.sep).join("/")}`, `${policy}; frame-ancestors 'none'`];
  });
  return new Map(entries);
}

/** Whether a request names this machine: another name that leads here is an attack on pages of this machine. */
const isLocal = (host = "") => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i.test(host);

function refuse(response, status, text, headers = {}) {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8", ...headers }).end(text);
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
  const pages = policies(folder);
  const files = sirv(folder, {
    etag: true,
    setHeaders(response, pathname) {
      response.setHeader("cache-control", "no-cache");
      const policy = pages.get(pathname.endsWith(".html") ? pathname : `${pathname.replace(/\/$/, "")}/index.html`);
      if (policy) response.setHeader("content-security-policy", policy);
    },
    onNoMatch: (_, response) => refuse(response, 404, "Not found"),
  });
  const server = http.createServer((request, response) => {
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    // A download that is broken off must not leave its file open.
    response.on("pipe", (source) => response.on("close", () => source.destroy()));
    if (!isLocal(request.headers.host)) refuse(response, 421, "This server answers to localhost only");
    else if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, 405, "GET and HEAD only", { allow: "GET, HEAD" });
    } else files(request, response);
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
