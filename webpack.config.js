// Three builds into dist/: what Excel loads (functions.js, taskpane.html, manifest.xml); in dist/workbench/ the spreadsheet for
// those without Excel, so that nothing of it can get into the first; and in dist/cli/ the command line.
//
//   webpack --mode production                        for https://localhost:3000/ (npm run excel), Office.js from Microsoft
//   … --env base=https://subsidies.example.com/      the address that dist/ will be served from, written into manifest.xml
//   … --env officeJs=<address or self>               where taskpane.html loads Office.js from:
//       (default)      https://appsforoffice.microsoft.com/lib/1/hosted/office.js
//       21Vianet       https://appsforoffice.cdn.partner.office365.cn/appsforoffice/lib/1/hosted/office.js
//       an intranet    https://…/office.js, a mirror of either; the file must keep its name
//       self           dist/office-js/, copied from @microsoft/office-js: see docs/decisions/0003-office-js.md
//   … --env host=wps                                 dist/wps/ instead: the same functions and pane as an add-in of WPS 表格
const path = require("node:path");
const CopyWebpackPlugin = require("copy-webpack-plugin");
const CustomFunctionsMetadataPlugin = require("custom-functions-metadata-plugin");
const HtmlWebpackPlugin = require("html-webpack-plugin");
const MiniCssExtractPlugin = require("mini-css-extract-plugin");
const MinimizerPlugin = require("minimizer-webpack-plugin");
const webpack = require("webpack");
const YAML = require("yaml");
const { FunctionsMetadata } = require("./tools/functions-metadata.cjs");
const { licenses } = require("./tools/licenses.cjs");

const DEVELOPMENT_BASE = "https://localhost:3000/";
const MICROSOFT_OFFICE_JS = "https://appsforoffice.microsoft.com/lib/1/hosted/office.js";

/** What a page may load: its own address and one other, in Excel that of Office.js. Inline styles are Fluent's (Griffel). */
function contentSecurityPolicy(officeOrigin = "") {
  return [
    `default-src 'self'`,
    `script-src 'self' ${officeOrigin}`,
    // Scenarios are run in workers.
    `worker-src 'self'`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data: blob:`,
    // Office.js reads its language files from where it came from. Its telemetry goes elsewhere and is refused.
    `connect-src 'self' ${officeOrigin}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ]
    .map((directive) => directive.trim())
    .join("; ");
}

const RULES = [
  {
    test: /\.tsx?$/,
    exclude: /node_modules/,
    loader: "swc-loader",
    options: {
      jsc: {
        parser: { syntax: "typescript", tsx: true },
        // Written out: swc-loader would set it in this very object, and the check of the law, a build of its own, for all builds.
        transform: { react: { runtime: "automatic", development: false } },
        target: "es2020",
      },
    },
  },
  {
    test: /\.ya?ml$/,
    type: "json",
    parser: { parse: (text) => YAML.parse(text, { version: "1.2", uniqueKeys: true }) },
  },
  { test: /[\\/]@univerjs[\\/].*\.js$/, loader: require.resolve("./tools/plain-fields.cjs") },
  { test: /\.css$/, use: [MiniCssExtractPlugin.loader, "css-loader"] },
  // These only define: what the functions do not use of them is left to the parts of the pane that do.
  { test: /[\\/]src[\\/](rules|tables|writers)[\\/]/, sideEffects: false },
];

/** Everything that the builds share. @param metadata how WPS, where it is asked for, wants the functions described */
function common(name, mode, folder, metadata = {}) {
  return {
    name,
    mode,
    // No "eval": the pages' policy forbids it.
    devtool: mode === "development" ? "cheap-module-source-map" : false,
    resolve: { extensions: [".ts", ".tsx", ".js"] },
    // Compressed, it takes a fifth of the room.
    cache: {
      type: "filesystem",
      name: `${name}-${mode}`,
      compression: "gzip",
      buildDependencies: { config: [__filename] },
    },
    module: { rules: RULES },
    output: { path: path.join(__dirname, "dist", folder) },
    optimization: { minimizer: [new MinimizerPlugin({ minify: MinimizerPlugin.swcMinify, extractComments: false })] },
    plugins: [
      // Its loader adds `CustomFunctions.associate(…)` for each function to functions.ts.
      new CustomFunctionsMetadataPlugin({ input: "./src/functions/functions.ts", output: "functions.json" }),
      new FunctionsMetadata("src/functions/functions.zh.json", metadata),
      new MiniCssExtractPlugin({ filename: "[name].css" }),
      licenses(),
    ],
    performance: { hints: false },
  };
}

/**
 * A typing error in a policy file ends the build, in words: it must not become a wrong award. The form of own policies is
 * written beside what Excel loads, for editors.
 */
class LawKeepsToItsForm {
  apply({ hooks }) {
    let schema;
    const check = async () => {
      schema = await (await import("./tools/check-law.mjs")).checkLaw();
    };
    for (const hook of [hooks.beforeRun, hooks.watchRun]) hook.tapPromise("LawKeepsToItsForm", check);
    hooks.thisCompilation.tap("LawKeepsToItsForm", (compilation) => {
      compilation.hooks.processAssets.tap("LawKeepsToItsForm", () => {
        const text = JSON.stringify(schema, null, 2);
        compilation.emitAsset("policy.schema.json", new webpack.sources.RawSource(`${text}\n`));
      });
    });
  }
}

/**
 * functions.js starts the chunks and workers of the whole page, relative to the page's address. Webpack looks for that
 * address at once; where there is no page (plain Node), looking must not fail.
 */
class AddressOfNoPage {
  apply(compiler) {
    compiler.hooks.compilation.tap("AddressOfNoPage", (compilation) => {
      compilation.hooks.runtimeModule.tap("AddressOfNoPage", (module) => {
        if (module.name !== "jsonp chunk loading") return;
        const generate = module.generate.bind(module);
        module.generate = () => generate().replace("self.location.href", "globalThis.location?.href");
      });
    });
  }
}

function excel(mode, { base = DEVELOPMENT_BASE, officeJs = MICROSOFT_OFFICE_JS }, serving) {
  const selfHosted = officeJs === "self";
  const shared = common("excel", mode, "");
  return {
    ...shared,
    entry: {
      functions: "./src/functions/functions.ts",
      // On the page, functions.js comes first: its rules are not loaded twice, and cells compute even if the pane fails.
      taskpane: { import: "./src/taskpane/index.tsx", dependOn: "functions" },
    },
    output: {
      ...shared.output,
      filename: "[name].js",
      chunkFilename: "pane-[name].js?[contenthash:8]",
      clean: { keep: /^(workbench|cli|wps)\// },
      // functions.js must also run where there is no page (plain Node): no look for a window or a script tag.
      globalObject: "globalThis",
      publicPath: "",
    },
    plugins: [
      ...shared.plugins,
      new LawKeepsToItsForm(),
      new AddressOfNoPage(),
      new HtmlWebpackPlugin({
        filename: "taskpane.html",
        template: "./src/taskpane/taskpane.html",
        officeJs: selfHosted ? "office-js/office.js" : officeJs,
        policy: contentSecurityPolicy(selfHosted ? "" : new URL(officeJs).origin),
        // Office keeps files for a day: a new build gets new addresses.
        hash: true,
        // With its cache, an edited comment of a function fails the build under watch: functions.json is emitted twice.
        cache: false,
      }),
      new CopyWebpackPlugin({ patterns: [...copied(base, "manifest.xml"), ...(selfHosted ? [OFFICE_JS_FILES] : [])] }),
    ],
    ...(serving && { devServer: serving }),
  };
}

/** Copied as they are, except for the addresses in the files that say from where the add-in is served. */
function copied(base, ...addressed) {
  if (!/^https:\/\/.+\/$/.test(base))
    throw new Error(`--env base must be https://…/ with a slash at its end, not ${base}`);
  return [
    { from: "assets", to: "assets" },
    ...addressed.map((from) => ({
      from,
      to: "[name][ext]",
      transform: (xml) => xml.toString().replaceAll(DEVELOPMENT_BASE, base),
    })),
  ];
}

/** What Office.js loads in Excel, in the languages that the add-in speaks; it asks for these names. */
const OFFICE_JS_FILES = {
  context: path.join(path.dirname(require.resolve("@microsoft/office-js/package.json")), "dist"),
  from: `{${[
    "office.js,o15apptofilemappingtable.js,custom-functions-runtime.js,telemetry/*.js",
    "excel-web-16.00.js,excel-win32-16.01.js,excel-mac-16.00.js,excel-ios-16.00.js",
    "{en-us,zh-cn}/office_strings.js",
  ].join(",")}}`,
  to: "office-js",
  info: { minimized: true },
};

/** WPS asks for these names: index.html, which it loads at its start, ribbon.xml, manifest.xml with the functions' namespace. */
function wps(mode, { base = DEVELOPMENT_BASE }) {
  const shared = common("wps", mode, "wps", { namespace: "BUTIE" });
  const page = (filename, template, chunks, other) =>
    new HtmlWebpackPlugin({
      filename,
      template,
      chunks,
      chunksSortMode: "manual",
      // WPS asks for the ribbon's functions as soon as it has the page.
      scriptLoading: "blocking",
      officeJs: undefined,
      policy: contentSecurityPolicy(other),
      hash: true,
      cache: false,
    });
  return {
    ...shared,
    entry: {
      functions: "./src/wps/functions.ts",
      main: { import: "./src/wps/main.ts", dependOn: "functions" },
      taskpane: { import: "./src/wps/taskpane.tsx", dependOn: "functions" },
      publish: "./src/wps/publish.ts",
    },
    output: {
      ...shared.output,
      filename: "[name].js",
      chunkFilename: "pane-[name].js?[contenthash:8]",
      clean: true,
      publicPath: "",
    },
    plugins: [
      ...shared.plugins,
      new LawKeepsToItsForm(),
      page("index.html", "./src/wps/index.html", ["functions", "main"]),
      page("taskpane.html", "./src/taskpane/taskpane.html", ["functions", "taskpane"]),
      // WPS's own service on the user's machine.
      page("publish.html", "./src/wps/publish.html", ["publish"], "http://127.0.0.1:58890"),
      new CopyWebpackPlugin({
        patterns: copied(base, "src/wps/ribbon.xml", "src/wps/manifest.xml", "src/wps/jsplugins.xml"),
      }),
    ],
  };
}

function workbench(mode) {
  const shared = common("workbench", mode, "workbench");
  const library = (name, packages) => ({
    name,
    test: new RegExp(`node_modules[\\\\/](${packages})`),
    chunks: "initial",
  });
  return {
    ...shared,
    entry: { workbench: "./src/workbench/index.tsx" },
    output: { ...shared.output, filename: "[name].js", chunkFilename: "[name].js", clean: true },
    optimization: {
      ...shared.optimization,
      // Large and rarely changed, so in files of their own that the browser keeps.
      splitChunks: {
        cacheGroups: {
          univer: library("univer", "@univerjs|@wendellhu|rxjs|lodash-es|opentype|ot-json1|@grpc|protobufjs"),
          interface: library("interface", "react|react-dom|scheduler|@fluentui|@griffel|tabster"),
        },
      },
    },
    plugins: [
      ...shared.plugins,
      new HtmlWebpackPlugin({
        filename: "index.html",
        template: "./src/workbench/index.html",
        policy: contentSecurityPolicy(),
        cache: false,
      }),
      new CopyWebpackPlugin({ patterns: ["assets/icon-32.png"] }),
    ],
  };
}

/** The command line, for Node; what has native code is not packed. Our functions announce themselves to `recalc`. */
function commandLine(mode) {
  const shared = common("cli", mode, "cli");
  return {
    ...shared,
    target: "node20",
    entry: { butie: "./src/cli/main.ts" },
    output: { ...shared.output, filename: "[name].cjs", chunkFilename: "[name].cjs", clean: true },
    externals: [
      ({ request }, done) =>
        /^(@duckdb\/|@clickhouse\/|pg$)/.test(request) ? done(null, `commonjs ${request}`) : done(),
    ],
    plugins: [
      ...shared.plugins,
      new webpack.BannerPlugin({ banner: "#!/usr/bin/env node", raw: true, entryOnly: true }),
    ],
  };
}

/** Excel loads add-ins over https only. The certificate is made and trusted on first use (Windows and macOS ask once). */
async function httpsServer() {
  const { getHttpsServerOptions } = require("office-addin-dev-certs");
  return {
    host: "localhost",
    port: 3000,
    server: { type: "https", options: await getHttpsServerOptions() },
    static: false,
    hot: false,
    client: { overlay: false },
    headers: { "Access-Control-Allow-Origin": "*" },
  };
}

module.exports = async (env, { mode = "production" }) => {
  if (env.WEBPACK_SERVE) return excel(mode, env, await httpsServer());
  if (env.host === "wps") return wps(mode, env);
  return [excel(mode, env), workbench(mode), commandLine(mode)];
};

// The benchmarks are built by the same rules (tools/bench.mjs).
module.exports.RULES = RULES;
