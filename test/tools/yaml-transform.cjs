// Gives jest the policy files as webpack gives them to the bundles: parsed, a repeated key being an error.
const YAML = require("yaml");

module.exports = {
  process: (text) => ({
    code: `module.exports = ${JSON.stringify({ __esModule: true, default: YAML.parse(text, { version: "1.2", uniqueKeys: true }) })};`,
  }),
};
