/** Computes one order after the other beside the pane: parts of it done, then the answer. */
import { answerOrders } from "../parts/ask";
import { begin, Unpacker, type Parcel } from "./calculations";

const unpacker = new Unpacker();

answerOrders<Parcel>((parcel) => begin(unpacker.unpack(parcel)));
