/** The server of the built pages: this machine only, reading only, and nothing left open behind. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { serve } from "../../tools/server.mjs";

interface Response {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "butie-"));
  mkdirSync(path.join(folder, "pages"));
  writeFileSync(
    path.join(folder, "pages/index.html"),
    `<meta http-equiv="Content-Security-Policy" content="default-src 'self'">页`,
  );
  writeFileSync(path.join(folder, "data.json"), "{}");
  writeFileSync(path.join(folder, "large.js"), "x".repeat(2 ** 24));
  server = await serve(folder, 0);
});
afterAll(() => server.close());

function ask(pathname: string, options: http.RequestOptions = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = http.request(server.address + pathname, options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (text: string) => (body += text));
      response.on("end", () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    request.on("error", reject).end();
  });
}

test("a page comes with its policy as a header, may not be framed, and its type is not guessed", async () => {
  const { status, headers, body } = await ask("/pages/");
  expect([status, body.at(-1)]).toEqual([200, "页"]);
  expect(headers).toMatchObject({
    "content-type": "text/html;charset=utf-8",
    "content-security-policy": "default-src 'self'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  });
});

test("a file that the browser has already is not sent again", async () => {
  const { headers } = await ask("/data.json");
  expect(await ask("/data.json", { headers: { "if-none-match": headers.etag } })).toMatchObject({
    status: 304,
    body: "",
  });
});

test("HEAD gives the headers alone", async () => {
  expect(await ask("/data.json", { method: "HEAD" })).toMatchObject({
    status: 200,
    body: "",
    headers: { "content-length": "2" },
  });
});

test.each(["POST", "PUT", "DELETE", "OPTIONS"])("%s is refused", async (method) => {
  expect(await ask("/data.json", { method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
});

test.each(["evil.example", "localhost.evil.example", "192.168.0.7:3000"])(
  "the name “%s” of another machine is refused",
  async (host) => {
    expect(await ask("/data.json", { headers: { host } })).toMatchObject({ status: 421 });
  },
);

test.each([
  "/../package.json",
  "/..%2fpackage.json",
  "/%2e%2e/package.json",
  "/pages/..%5c..%5cdata",
  "/nothing",
  "/%00",
])("%s gives nothing", async (pathname) => {
  expect((await ask(pathname)).status).toBe(404);
});

test("downloads that are broken off leave no file open", async () => {
  const open = () => (existsSync("/dev/fd") ? readdirSync("/dev/fd").length : 0);
  const before = open();
  const abort = () =>
    new Promise<void>((resolve) => {
      const request = http.get(`${server.address}/large.js`, (response) => {
        response.once("data", () => request.destroy());
        response.on("error", () => undefined).on("close", resolve);
      });
      request.on("error", () => undefined);
    });
  for (let times = 0; times < 100; times++) await abort();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(open() - before).toBeLessThan(10);
});
