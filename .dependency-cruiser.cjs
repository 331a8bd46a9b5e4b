// Which room of src/ may import from which: only from those below it.
const MAY_IMPORT = {
  rules: [],
  tables: ["rules"],
  writers: ["rules"],
  export: ["rules", "tables", "writers"],
  host: ["rules", "tables"],
  functions: ["rules", "tables", "writers"],
  taskpane: ["rules", "tables", "writers", "export", "host", "functions"],
  cli: ["rules", "tables", "writers", "export", "host", "functions", "taskpane", "workbench"],
  workbench: ["rules", "tables", "writers", "export", "host", "functions", "taskpane"],
};

const arrows = Object.entries(MAY_IMPORT).map(([room, below]) => ({
  name: `${room}-imports-only-from-below`,
  severity: "error",
  from: { path: `^src/${room}/` },
  to: { path: "^src/", pathNot: `^src/(types|${[room, ...below].join("|")})/` },
}));

module.exports = {
  forbidden: [
    ...arrows,
    {
      name: "rules-have-one-door",
      comment: "Outside src/rules only src/rules/index.ts is imported, so that the inside can change.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/rules/" },
      to: { path: "^src/rules/", pathNot: "^src/rules/index\\.ts$" },
    },
    {
      name: "tables-have-one-door",
      comment: "Outside src/tables only src/tables/index.ts is imported.",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/tables/" },
      to: { path: "^src/tables/", pathNot: "^src/tables/index\\.ts$" },
    },
    {
      name: "no-screen-in-pure-rooms",
      severity: "error",
      from: { path: "^src/(rules|tables|writers|functions)/" },
      to: { path: "node_modules/(react|react-dom|react-i18next|i18next|@fluentui|@univerjs|@microsoft)(/|$)" },
    },
    {
      name: "no-node-in-browser-rooms",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/cli/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-spreadsheet-in-what-excel-loads",
      comment: "Univer belongs to the workbench alone: Excel brings its own grid.",
      severity: "error",
      from: { path: "^src/(taskpane|functions)/index\\.tsx?$|^src/functions/functions\\.ts$" },
      to: { path: "node_modules/(@univerjs|hucre|rxjs)/", reachable: true },
    },
    {
      name: "no-circular",
      comment: "A type vanishes when compiled, and a view loaded on demand is loaded by someone it may know.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["dynamic-import"] } },
    },
    {
      name: "what-excel-loads-is-a-dependency",
      severity: "error",
      from: { path: "^src/(rules|tables|writers|functions|taskpane)/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".yaml", ".d.ts"],
    },
  },
};
