import { fromFile, toFile } from "../../src/workbench/spelling";

const FUNCTIONS = ["SUANLI_QUAN", "BUTIE", "BUTIE.EXPLAIN"];

describe("a formula in a file", () => {
  test.each([
    ["=SUANLI_QUAN(A1,B1)", "_xldudf_SUANLI_QUAN(A1,B1)"],
    ["=BUTIE.EXPLAIN(A1,B1:C1,B2:C2)", "_xldudf_BUTIE_EXPLAIN(A1,B1:C1,B2:C2)"],
    ["=SUM(A1:A9)*2", "SUM(A1:A9)*2"],
    ["=XLOOKUP(1,A:A,B:B)", "_xlfn.XLOOKUP(1,A:A,B:B)"],
    ["=FILTER(A1:A9,B1:B9)", "_xlfn._xlws.FILTER(A1:A9,B1:B9)"],
    ['=BUTIE("BUTIE(A1)",A1)', '_xldudf_BUTIE("BUTIE(A1)",A1)'],
    ["='BUTIE(1)'!A1+BUTIE(A1)", "'BUTIE(1)'!A1+_xldudf_BUTIE(A1)"],
    ["=LET(x,A1,SUM(x,1))", "_xlfn.LET(_xlpm.x,A1,SUM(_xlpm.x,1))"],
    ["=LET(金额,A1,比例,0.3,金额*比例)", "_xlfn.LET(_xlpm.金额,A1,_xlpm.比例,0.3,_xlpm.金额*_xlpm.比例)"],
    ["=BYROW(A1:B2,LAMBDA(r,SUM(r)))", "_xlfn.BYROW(A1:B2,_xlfn.LAMBDA(_xlpm.r,SUM(_xlpm.r)))"],
    ["=LET(a,{1,2;3,4},INDEX(a,1,2))", "_xlfn.LET(_xlpm.a,{1,2;3,4},INDEX(_xlpm.a,1,2))"],
    ['=LET(a,"x,(y",a&"a")', '_xlfn.LET(_xlpm.a,"x,(y",_xlpm.a&"a")'],
  ])("%s is stored as %s, and back", (typed, stored) => {
    expect(toFile(typed, FUNCTIONS)).toBe(stored);
    expect(fromFile(stored, FUNCTIONS)).toBe(typed);
  });

  test.each([
    ["=C1汇总!A1+R!B2", "'C1汇总'!A1+'R'!B2"],
    ["=SUM(合同!A1:A9)", "SUM(合同!A1:A9)"],
    ["=@A1:A3*2", "_xlfn.SINGLE(A1:A3)*2"],
    ["=@BUTIE(A1,(B1))+1", "_xlfn.SINGLE(_xldudf_BUTIE(A1,(B1)))+1"],
    ["=SUM(D1#)", "SUM(_xlfn.ANCHORARRAY(D1))"],
    ['="a@b#"&A1', '"a@b#"&A1'],
  ])("%s is stored as %s", (typed, stored) => expect(toFile(typed, FUNCTIONS)).toBe(stored));

  test("of an add-in that is not ours keeps its stored name", () => {
    expect(fromFile("_xldudf_CONTOSO_ADD(1)", FUNCTIONS)).toBe("=_xldudf_CONTOSO_ADD(1)");
  });
});
