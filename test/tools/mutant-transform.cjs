// Gives jest the sources as jest.config.js does, with one of them changed: BUTIE_MUTANT names a file and its changed text.
const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const swc = require("@swc/jest");

const { file, text } = JSON.parse(readFileSync(process.env.BUTIE_MUTANT, "utf8"));

module.exports = {
  createTransformer(options) {
    const inner = swc.createTransformer(options);
    const changed = (source, name) => (name === file ? text : source);
    return {
      ...inner,
      process: (source, name, rest) => inner.process(changed(source, name), name, rest),
      // Only the changed file is another one to jest's cache.
      getCacheKey: (source, name, rest) =>
        createHash("sha256")
          .update(inner.getCacheKey(changed(source, name), name, rest))
          .digest("hex"),
    };
  },
};
