export { bestAwards, chooseBest, type Best, type Candidates, type Chosen } from "./best";
export type { Candidacy, Sharing } from "./rows";
