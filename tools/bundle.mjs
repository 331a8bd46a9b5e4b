// Builds files of the project for Node, by the rules that build the add-in.
const { default: webpack } = await import("webpack");
const { default: config } = await import("../webpack.config.js");

/** Builds what webpack's `options` say; a mistake is printed and ends the program. */
export async function bundle(options) {
  const compiler = webpack({
    target: "node20",
    resolve: { extensions: [".ts", ".tsx", ".js"] },
    module: { rules: config.RULES },
    ...options,
  });
  const stats = await new Promise((resolve, reject) =>
    compiler.run((error, result) => (error ? reject(error) : resolve(result))),
  );
  await new Promise((resolve) => compiler.close(resolve));
  if (!stats.hasErrors()) return;
  console.error(stats.toString("errors-only"));
  process.exit(1);
}
