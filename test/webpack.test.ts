// The settings of a build: where dist/ will be served from, and where Office.js comes from.
import CopyWebpackPlugin from "copy-webpack-plugin";
import HtmlWebpackPlugin from "html-webpack-plugin";
import configuration from "../webpack.config.js";

interface Copied {
  readonly patterns: { to?: string; from: string; transform?: (content: Buffer) => string }[];
}

async function excelBuild(env: Record<string, string>) {
  const [{ plugins }] = await configuration(env, { mode: "production" });
  const page = plugins.find((plugin) => plugin instanceof HtmlWebpackPlugin) as { userOptions: Record<string, string> };
  const copy = plugins.find((plugin) => plugin instanceof CopyWebpackPlugin) as unknown as Copied;
  return { page: page.userOptions, copied: copy.patterns };
}

test.each([
  ["Microsoft's address, by default", {}, "https://appsforoffice.microsoft.com"],
  [
    "21Vianet's",
    { officeJs: "https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js" },
    "https://appsforoffice.cdn.partner.office365.cn",
  ],
  ["an intranet mirror", { officeJs: "https://mirror.example.com:8443/office.js" }, "https://mirror.example.com:8443"],
])("Office.js from %s, which the page's policy then allows", async (_name, env: { officeJs?: string }, origin) => {
  const { page, copied } = await excelBuild(env);
  expect(page.officeJs).toMatch(origin);
  expect(page.policy).toContain(`script-src 'self' ${origin};`);
  expect(copied.map(({ to }) => to)).not.toContain("office-js");
});

test("Office.js from beside the page, no other address allowed", async () => {
  const { page, copied } = await excelBuild({ officeJs: "self" });
  expect(page.officeJs).toBe("office-js/office.js");
  expect(page.policy).toContain("script-src 'self';");
  expect(page.policy).not.toContain("http");
  expect(copied.find(({ to }) => to === "office-js")!.from).toMatch(/excel-win32-16\.01\.js.*zh-cn/);
});

test("every address in the manifest follows the setting", async () => {
  const { copied } = await excelBuild({ base: "https://subsidies.example.com/butie/" });
  const manifest = copied.find(({ from }) => from === "manifest.xml")!;
  const written = manifest.transform!(Buffer.from('Url="https://localhost:3000/a" Value="https://localhost:3000/b"'));
  expect(written).toBe('Url="https://subsidies.example.com/butie/a" Value="https://subsidies.example.com/butie/b"');
});

test.each(["http://example.com/", "https://example.com", "example.com/"])("refused as a base: %s", async (base) => {
  await expect(excelBuild({ base })).rejects.toThrow("--env base must be https://…/");
});
