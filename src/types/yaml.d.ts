// A policy file, parsed at build time (webpack) or by the test runner (jest). Its shape is checked by src/rules/law/policy.ts.
declare module "*.yaml" {
  const value: unknown;
  export default value;
}
