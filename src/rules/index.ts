/** The only door of the rules. */
export * from "./award/award";
export * from "./award/overlap";
export * from "./award/row";
export * from "./columns";
export * from "./law/catalogue";
export * from "./law/policy";
export * from "./number/money";
export * from "./number/ratio";
export * from "./plan/plan";
export * from "./pool";
export * from "./refusal";
export * from "./study/best";
export * from "./study/factor";
export * from "./study/kinks";
export * from "./study/scenario";
export * from "./study/sensitivity";
export * from "./version";
