// Completes functions.json, which Microsoft's plugin generates from the comments of functions.ts: writes its Chinese twin,
// lets errors in cells reach the functions, and refuses names that Excel would not accept.
const { readFileSync } = require("node:fs");
const path = require("node:path");

/** "AB12" and "R1C1" are cells to Excel, so no function can be called like that. */
const CELL_REFERENCE = /^([A-Z]{1,3}\d{1,7}|R\d*C\d*)$/i;

/** The faults of one function's metadata, as sentences. `chinese` is its entry in functions.zh.json. */
function faultsOf({ id, name, description, parameters }, chinese) {
  const faults = [];
  if (!/^[A-Z0-9._]{3,}$/.test(id)) faults.push("its id needs three or more of A-Z, 0-9, . and _");
  if (name !== id) faults.push(`its name "${name}" differs from its id`);
  if (CELL_REFERENCE.test(id)) faults.push("its name looks like a cell reference");
  if (!description) faults.push("no English description");
  if (!chinese?.description) faults.push("no Chinese description");
  for (const parameter of parameters) {
    if (!parameter.description) faults.push(`no English description of ${parameter.name}`);
    if (!chinese?.parameters?.[parameter.name]) faults.push(`no Chinese description of ${parameter.name}`);
  }
  const known = new Set(parameters.map((parameter) => parameter.name));
  for (const parameter of Object.keys(chinese?.parameters ?? {}))
    if (!known.has(parameter))
      faults.push(`functions.zh.json describes a parameter ${parameter} that it does not have`);
  return faults.map((fault) => `${id}: ${fault}`);
}

/**
 * @param metadata content of functions.json: `{ functions: [...] }`
 * @param chinese content of functions.zh.json: `{ ID: { description, parameters: { name: description } } }`
 * @returns both languages' metadata and the faults found, as sentences
 */
function completeMetadata(metadata, chinese) {
  const ids = metadata.functions.map((fn) => fn.id);
  const faults = [
    ...metadata.functions.flatMap((fn) => faultsOf(fn, chinese[fn.id])),
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id}: declared twice`),
    // The generator passes over functions that are not `export function …` in silence.
    ...Object.keys(chinese)
      .filter((id) => !ids.includes(id))
      .map((id) => `${id}: in functions.zh.json, but functions.ts declares no such function`),
  ];
  // Without this, Excel answers a call with an error cell among its arguments itself, for all rows at once.
  const english = { ...metadata, allowErrorForDataTypeAny: true };
  const translated = {
    ...english,
    functions: metadata.functions.map((fn) => ({
      ...fn,
      description: chinese[fn.id]?.description,
      parameters: fn.parameters.map((parameter) => ({
        ...parameter,
        description: chinese[fn.id]?.parameters?.[parameter.name],
      })),
    })),
  };
  return { english, chinese: translated, faults };
}

/** The functions as WPS wants them described: named inside the namespace, each range a table of anything. */
function wpsMetadata({ functions }, namespace) {
  return {
    functions: functions.map(({ name, description, parameters }) => ({
      name: name.replace(`${namespace}.`, ""),
      description,
      parameters: parameters.map((parameter) => ({
        name: parameter.name,
        description: parameter.description,
        type: `any[][]${parameter.optional ? "?" : ""}`,
      })),
      result: { type: "any[][]" },
    })),
  };
}

/** Webpack plugin: the above on the build's functions.json, with functions.zh.json; every fault fails the build. */
class FunctionsMetadata {
  /** @param options `namespace`: writes the Chinese metadata for WPS alone */
  constructor(chineseFile, { namespace } = {}) {
    this.chineseFile = path.resolve(chineseFile);
    this.namespace = namespace;
  }

  apply(compiler) {
    const { Compilation, WebpackError, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap("FunctionsMetadata", (compilation) => {
      compilation.fileDependencies.add(this.chineseFile);
      const stage = Compilation.PROCESS_ASSETS_STAGE_ADDITIONS;
      compilation.hooks.processAssets.tap({ name: "FunctionsMetadata", stage }, () => {
        const generated = compilation.getAsset("functions.json")?.source.source().toString();
        if (!generated) {
          compilation.errors.push(
            new WebpackError("functions.json was not generated: functions.ts declares no functions"),
          );
          return;
        }
        const texts = JSON.parse(readFileSync(this.chineseFile, "utf8"));
        const { english, chinese, faults } = completeMetadata(JSON.parse(generated), texts);
        compilation.errors.push(...faults.map((fault) => new WebpackError(fault)));
        const json = (metadata) => new sources.RawSource(JSON.stringify(metadata, null, 2));
        if (this.namespace) {
          compilation.updateAsset("functions.json", json(wpsMetadata(chinese, this.namespace)));
          return;
        }
        compilation.updateAsset("functions.json", json(english));
        compilation.emitAsset("functions-zh-CN.json", json(chinese));
      });
    });
  }
}

module.exports = { FunctionsMetadata, completeMetadata };
