import { nameOf } from "../../tables";

/** A header over what is claimed of a pool: 补贴（元）, 申请额, 预计申请金额, award; 申报金额 may be what an award is a share of. */
export const CLAIMED = /补贴|补助|奖励|资助|(申请|申领|兑付)金?额|award|claim/;
/** The whole header over the chance that a claim comes: 概率, 获批概率, 获批可能, 把握, 通过率; not 违约概率. */
export const LIKELY =
  /^(预计)?(获批|通过|立项|申报|申请|兑付)?的?(概率|可能性?|把握)$|^(预计)?(获批|通过|立项)率$|^probabilit(y|ies)$/;
/** The whole header over when a claim is expected: 预计申报时间, 申请月份. 申报日期 is a column of every table. */
export const EXPECTED = /^(预计|计划|拟)(申报|申请|申领)(时间|日期|月份?)$|^(申报|申请|申领)月份?$/;
/** Whether a header is called so, whatever stands in brackets behind it: 把握（%）. */
export const isCalled = (header: string, called: RegExp): boolean => called.test(nameOf(header).replace(/\(.*$/, ""));
/** The whole header over how far the amount may move: 上下浮动, 金额浮动; not 浮动利率. */
export const MOVING = /^(金额)?(上下)?浮动$/;
