/** A header over what is claimed of a pool: 补贴（元）, 申请额, award. */
export const CLAIMED = /补贴|补助|奖励|资助|申请额|申领额|award|claim/;
/** The whole header over the chance that a claim comes: 概率, 获批概率, 获批可能, 把握; not 违约概率. */
export const LIKELY = /^(获批|通过|立项|申报|申请|兑付)?的?(概率|可能性?|把握)$|^probabilit(y|ies)$/;
/** The whole header over how far the amount may move: 上下浮动, 金额浮动; not 浮动利率. */
export const MOVING = /^(金额)?(上下)?浮动$/;
