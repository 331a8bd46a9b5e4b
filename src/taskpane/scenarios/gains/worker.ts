/** Compares two scenarios beside the pane. */
import { answerOrders } from "../../parts/ask";
import { gainsOver } from "./question";

answerOrders(gainsOver);
