/** The only door of the rules. */
export * from "./award";
export * from "./best";
export * from "./catalogue";
export * from "./cells";
export * from "./columns";
export * from "./money";
export * from "./overlap";
export * from "./plan";
export * from "./policy";
export * from "./factor";
export * from "./kinks";
export * from "./pool";
export * from "./ratio";
export * from "./row";
export * from "./scenario";
export * from "./sensitivity";
export * from "./version";
