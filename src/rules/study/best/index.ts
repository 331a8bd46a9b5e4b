export { chooseBest } from "./best";
export type { Candidacy } from "./rows";
