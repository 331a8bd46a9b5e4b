/** Formulas as they are typed, and numbers as cells show them. */
import { FUNCTION_NAMES_MATH, IFunctionService } from "@univerjs/engine-formula";
import { shownInChinese } from "../../src/workbench/chinese-text";
import { type Counts, miscount } from "../../src/workbench/entry";
import { headless } from "../host/headless";
import { OUR_FUNCTIONS } from "./our-functions";

describe("a formula with too few or too many arguments", () => {
  const known: Record<string, [number, number]> = { ROUND: [2, 2], IF: [2, 3], SUANLI_QUAN: [2, 5], PI: [0, 0] };
  const counts: Counts = (name) => {
    const [least, most] = known[name] ?? [];
    return least === undefined ? undefined : { least, most: most! };
  };

  test.each([
    ["=ROUND(1)", { name: "ROUND", given: 1, least: 2, most: 2 }],
    ["=SUANLI_QUAN()", { name: "SUANLI_QUAN", given: 0, least: 2, most: 5 }],
    ["=1+suanli_quan(A1,B1,,,,6)", { name: "SUANLI_QUAN", given: 6 }],
    ['=IF(A1,ROUND(1,2,3),"a,b")', { name: "ROUND", given: 3 }],
    ["=IF({1,2;3,4})", { name: "IF", given: 1 }],
  ])("%s is noticed", (formula, expected) => expect(miscount(formula, counts)).toMatchObject(expected));

  test.each([
    ...[
      "=ROUND(1,2)",
      "=PI()",
      "=SUANLI_QUAN(A1,,)",
      '=IF("a,b",ROUND(MAX(1,2),0))',
      "=IF({1,2},'表,(1'!A1)",
      "ROUND(1)",
    ],
    ...["=LET(round,LAMBDA(x,x),ROUND(1))", "=未知(1)", "=IF(表1[[#This Row],[a]],1)"],
  ])("%s is none", (formula) => expect(miscount(formula, counts)).toBeUndefined());

  test("is known for our functions and for those of the engine", async () => {
    const { univer } = await headless({}, true, OUR_FUNCTIONS);
    const functions = univer.__getInjector().get(IFunctionService);
    const limits = (name: string) => {
      const { minParams, maxParams } = functions.getExecutor(name)!;
      return [minParams, maxParams];
    };
    expect(limits("SUANLI_QUAN")).toEqual([2, 5]);
    expect(limits(FUNCTION_NAMES_MATH.ROUND)).toEqual([2, 2]);
    univer.dispose();
  });
});

test.each([
  [123456, "[DBNum2][$-804]General", "壹拾贰万叁仟肆佰伍拾陆"],
  [1234.5, "[DBNum1]0.00", "一千二百三十四.五○"],
  [46183, "[DBNum1]yyyy年m月d日", "二○二六年六月十日"],
  [123456, '0!.0,"万"', "12.3万"],
  [-123456, '0!.0,"万"', "-12.3万"],
  [1234.5, "#,##0.00", undefined],
])("%s under %s is %s", (value, pattern, text) => expect(shownInChinese(value, pattern)).toBe(text));
