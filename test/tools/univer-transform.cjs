// Gives jest Univer's packages as webpack gives them to the bundles.
const plainFields = require("../../tools/plain-fields.cjs");

module.exports = { process: (source) => ({ code: plainFields(source) }) };
