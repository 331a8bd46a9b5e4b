/** What stands in the first cell of a comparison. */
export const COMPARISON_TITLE = "两个版本的对比";
