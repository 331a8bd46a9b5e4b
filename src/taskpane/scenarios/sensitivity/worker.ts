/** Finds a break-even, or pairs, beside the pane. */
import { answerOrders } from "../../parts/ask";
import { searchOver } from "./question";

answerOrders(searchOver);
