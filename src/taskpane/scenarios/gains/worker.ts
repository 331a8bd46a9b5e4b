/** Compares two scenarios beside the pane. */
import { answerOrders } from "../../parts/worker";
import { gainsOver } from "./question";

answerOrders(gainsOver);
