/** What Excel provides to the functions. */
import { installCustomFunctions } from "../../tools/custom-functions";

installCustomFunctions();
