import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import prettier from "eslint-config-prettier";
import officeAddins from "eslint-plugin-office-addins";
import reactHooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

// The rooms whose answers may depend on their arguments alone.
const PURE = ["src/rules/**", "src/tables/**", "src/writers/**", "src/functions/**"];

const OUTSIDE = [
  ...["window", "document", "navigator", "location", "localStorage", "sessionStorage", "self"],
  ...["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "Worker", "importScripts"],
  ...["setTimeout", "setInterval", "setImmediate", "requestAnimationFrame", "queueMicrotask", "performance"],
  ...["Office", "Excel", "OfficeExtension", "process", "require", "crypto", "console"],
];

const CLOCK_AND_CHANCE = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The answer would depend on the clock.",
  },
  { selector: "CallExpression[callee.name='Date']", message: "The answer would depend on the clock." },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "The answer would depend on the clock.",
  },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: "Same inputs, same answer: take a seeded generator as an argument.",
  },
];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "test-results/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { "office-addins": officeAddins, "react-hooks": reactHooks },
    rules: {
      ...Object.fromEntries(Object.keys(officeAddins.rules).map((rule) => [`office-addins/${rule}`, "error"])),
      ...reactHooks.configs.recommended.rules,
      // In its types, CustomFunctions.Error is no subclass of Error; CellError is its form where no spreadsheet is known.
      "@typescript-eslint/only-throw-error": [
        "error",
        {
          allow: [
            { from: "package", package: "custom-functions-runtime", name: "Error" },
            { from: "file", name: "CellError" },
          ],
        },
      ],
    },
  },
  {
    files: PURE,
    rules: {
      "no-restricted-globals": ["error", ...OUTSIDE],
      "no-restricted-syntax": ["error", ...CLOCK_AND_CHANCE],
    },
  },
  {
    files: ["src/rules/**", "src/tables/**", "src/writers/**"],
    rules: { "no-restricted-globals": ["error", ...OUTSIDE, "CustomFunctions"] },
  },
  {
    files: ["test/**/*.{ts,tsx}"],
    rules: {
      // Tests hand in what no typed caller could, and stand-ins for Office whose reads need no load and sync.
      ...Object.fromEntries(
        ["no-explicit-any", "no-unsafe-assignment", "no-unsafe-member-access", "no-unsafe-call", "no-unsafe-return"]
          .concat(["no-unsafe-argument", "unbound-method", "require-await"])
          .map((rule) => [`@typescript-eslint/${rule}`, "off"]),
      ),
      // Amounts beyond the exact range are inputs like others.
      "no-loss-of-precision": "off",
      "office-addins/call-sync-before-read": "off",
      "office-addins/load-object-before-read": "off",
    },
  },
  { files: ["**/*.{js,cjs}"], languageOptions: { sourceType: "commonjs", globals: globals.node } },
  { files: ["**/*.mjs"], languageOptions: { globals: globals.node } },
  prettier,
);
