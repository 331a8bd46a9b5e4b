/** The form of a pool: what a section depends on stays the same object while other fields change. */
import { renderHook } from "@testing-library/react";
import { namedIn, useFields, type FieldName, type Form } from "../../../src/taskpane/planner/form";

test("some fields of a form are the same object until one of them changes", () => {
  const names: readonly FieldName[] = ["subpools", "spill"];
  const filled: Form = { subpools: "一档=3000万元", parts: "50/50" };
  const { result, rerender } = renderHook(({ form }: { form: Form }) => useFields(form, names), {
    initialProps: { form: filled },
  });
  const first = result.current;
  expect(first).toEqual({ subpools: "一档=3000万元" });
  rerender({ form: { subpools: "一档=3000万元", parts: "60/40", unused: "10%" } });
  expect(result.current).toBe(first);
  rerender({ form: { subpools: "一档=3000万元", spill: "next" } });
  expect(result.current).toEqual({ subpools: "一档=3000万元", spill: "next" });
});

test("a field that was never filled in names nothing", () => {
  expect([namedIn({}, "year-pools"), namedIn({ "year-pools": "" }, "year-pools")]).toEqual([{}, {}]);
  expect(namedIn({ "year-pools": '{"2027":"1亿元"}' }, "year-pools")).toEqual({ 2027: "1亿元" });
});
