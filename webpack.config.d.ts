import type { Configuration } from "webpack";

declare const configuration: (
  env: Record<string, string>,
  options: { mode: "production" | "development" },
) => Promise<[Required<Configuration>, Required<Configuration>]>;
export default configuration;
