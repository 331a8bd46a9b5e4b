/** Finds a break-even beside the pane. */
import { answerOrders } from "../../parts/worker";
import { breakEvenOver } from "./question";

answerOrders(breakEvenOver);
