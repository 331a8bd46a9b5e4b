// npm run excel: the add-in in desktop Excel, from a bare checkout. `npm run excel -- stop` takes it out again.
import { installDependencies, run } from "./install.mjs";

const ELSEWHERE = `
Desktop Excel runs on Windows and macOS only, so there is nothing to load the add-in into on this machine.
桌面版 Excel 只有 Windows 和 macOS 版，本机无法加载插件。

What to do instead / 可以这样做:
 1. npm start
    the workbench: the same functions and pane in a browser / 浏览器中的工作台，函数和窗格相同
 2. npm run build -- --env base=https://your.server/butie/
    Put dist/ on that server; in Excel on the web choose Home > Add-ins > More Add-ins > Upload My Add-in
    and give it dist/manifest.xml.
    把 dist/ 放到该服务器上；在网页版 Excel 中选择“开始 > 加载项 > 更多加载项 > 上传我的加载项”，选取 dist/manifest.xml。
`;

const [command = "start"] = process.argv.slice(2);

if (!["start", "stop"].includes(command)) {
  console.error(`Unknown: ${command}. Use "npm run excel" or "npm run excel -- stop".`);
  process.exitCode = 1;
} else if (!["win32", "darwin"].includes(process.platform)) {
  console.log(ELSEWHERE);
} else {
  await installDependencies();
  // On first use, the server asks for leave to trust a certificate for localhost: Excel loads over https only.
  const server = "node node_modules/webpack/bin/webpack.js serve --mode development";
  const serving = command === "start" ? ["--dev-server", server, "--dev-server-port", "3000", "--no-debug"] : [];
  const debugging = "node_modules/office-addin-debugging/cli.js";
  process.exitCode = await run(process.execPath, [debugging, command, "manifest.xml", "desktop", ...serving]);
}
