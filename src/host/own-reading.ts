/** Reads texts of policies. Loaded only where there are own policies: the reader of YAML and the form come along. */
export { readOwnPolicies } from "../rules";
