import { readFileSync } from "node:fs";
import path from "node:path";
import texts from "../../src/functions/functions.zh.json";
import { DECLARED } from "../../src/functions/declared";

const source = readFileSync(path.resolve(__dirname, "../../src/functions/functions.ts"), "utf8");
/** By function, the arguments of its comment in order. */
const commented = Object.fromEntries(
  [...source.matchAll(/@customfunction (\S+) [\s\S]*?@returns/g)].map(([comment, name]) => [
    name!,
    [...comment.matchAll(/@param \{any\[\]\[\]\} \[?(\w+)/g)].map(([, argument]) => argument!),
  ]),
);

test("functions and arguments stand in the order of their comments, which Excel shows", () => {
  expect(Object.keys(commented).length).toBeGreaterThan(20);
  expect(Object.fromEntries(Object.entries(DECLARED).map(([name, { args }]) => [name, args]))).toEqual(commented);
});

test("an argument takes the pick where its help says so, and nowhere else", () => {
  const said = Object.entries(texts).flatMap(([name, { parameters }]) =>
    Object.entries(parameters).flatMap(([argument, help]) =>
      help.includes("任务窗格") ? [`${name} ${argument}`] : [],
    ),
  );
  const picked = Object.entries(DECLARED).flatMap(
    ([
      name,
      {
        args,
        picked: { jurisdiction, year },
      },
    ]) => args.flatMap((argument, k) => (k === jurisdiction || k === year ? [`${name} ${argument}`] : [])),
  );
  expect(picked).toEqual(said);
  expect(picked).toEqual(expect.arrayContaining(["BUTIE.POOLRATE year", "BUTIE.SCENARIO year"]));
});
