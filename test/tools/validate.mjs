// node test/tools/validate.mjs a.xlsx b.xlsx …: what the schema of the file format finds wrong in each, as JSON. The validator is
// Microsoft's own (Open XML SDK), packed for Node; it is a module of the kind that Jest does not load.
import { readFileSync } from "node:fs";
import validate from "@ooxml-tools/validate";

const found = [];
for (const file of process.argv.slice(2))
  found.push(await validate(new Uint8Array(readFileSync(file)), "xlsx", "Office2019"));
process.stdout.write(JSON.stringify(found), () => process.exit(0));
