// Style sheets of the workbench: webpack writes them to dist/, nothing is imported from them.
declare module "*.css";
