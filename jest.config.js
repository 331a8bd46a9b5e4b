const ES_MODULES = [
  ...["hucre", "lodash-es", "nanoid", "rbush", "quickselect", "kdbush", "cjk-regex", "regexp-util", "unicode-regex"],
  ...["d3-scale", "d3-array", "d3-color", "d3-format", "d3-interpolate", "d3-time", "d3-time-format", "internmap"],
  ...["franc-min", "trigram-utils", "n-gram", "collapse-white-space"],
];

const shared = {
  sandboxInjectedGlobals: [
    "Math",
    "Number",
    "BigInt",
    "Float64Array",
    "Int32Array",
    "Uint8Array",
    "Array",
    "Object",
    "Map",
    "Set",
    "String",
  ],
  transform: {
    // As webpack changes them: it takes a fifth off what the engine computes.
    "/@univerjs/.*\\.js$": "<rootDir>/test/tools/univer-transform.cjs",
    "\\.(m?[jt]s|[jt]sx)$": [
      "@swc/jest",
      {
        jsc: {
          parser: { syntax: "typescript", tsx: true },
          transform: { react: { runtime: "automatic" } },
          target: "es2022",
        },
      },
    ],
    "\\.ya?ml$": "<rootDir>/test/tools/yaml-transform.cjs",
  },
  setupFilesAfterEnv: ["<rootDir>/test/setup-properties.ts"],
  // Published as ES modules only: hucre, and what Univer is made of.
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join("|")}|@univerjs)/)`],
};

/** Tests lie in test/ as their sources lie in src/; what renders the pane is .tsx or lies in test/taskpane/. */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: "unit",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/taskpane/", "<rootDir>/test/e2e/"],
    },
    {
      ...shared,
      displayName: "pane",
      testEnvironment: "jsdom",
      moduleNameMapper: { "^@fluentui/react-icons$": "<rootDir>/test/tools/icons.cjs" },
      testMatch: ["<rootDir>/test/**/*.test.tsx", "<rootDir>/test/taskpane/**/*.test.ts"],
      setupFilesAfterEnv: [...shared.setupFilesAfterEnv, "<rootDir>/test/setup-dom.ts"],
    },
    {
      ...shared,
      displayName: "browser",
      testEnvironment: "node",
      testMatch: ["<rootDir>/test/e2e/**/*.test.ts"],
      globalSetup: "<rootDir>/test/setup-browser.mjs",
      globalTeardown: "<rootDir>/test/teardown-browser.mjs",
    },
  ],
  collectCoverageFrom: ["src/**/*.{ts,tsx}", "!src/**/*.d.ts"],
};
