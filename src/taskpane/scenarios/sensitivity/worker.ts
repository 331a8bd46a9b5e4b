/** Finds a break-even beside the pane. */
import { answerOrders } from "../../parts/ask";
import { breakEvenOver } from "./question";

answerOrders(breakEvenOver);
