/** Compares two runs beside the pane. */
import { answerOrders } from "../../parts/ask";
import { movedOver } from "./question";

answerOrders(movedOver);
