/** The names of our functions, as the build declares them to Excel. */
import descriptions from "../functions/functions.zh.json";

export const FUNCTIONS: readonly string[] = Object.keys(descriptions);
