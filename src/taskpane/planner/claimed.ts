/** A header over what is claimed of a pool: 补贴（元）, 申请额, award. */
export const CLAIMED = /补贴|补助|奖励|资助|申请额|申领额|award|claim/;
