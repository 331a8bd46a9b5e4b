/** Asks a worker one question. It is ended with the answer, or when it is stopped, and leaves nothing behind. */
import { ownPolicies, Refusal, setOwnPolicies, type OwnPolicies, type Text } from "../../rules";

export interface Listener<T> {
  /** How much of it is done, from 0 to 1. */
  readonly onPart: (part: number) => void;
  readonly onAnswer: (answer: T) => void;
  readonly onFailed: (error: unknown) => void;
}

/** The messages of the worker. Of a refusal only its words pass between threads, not its class. */
export type Message =
  | { readonly kind: "part"; readonly part: number }
  | { readonly kind: "answer"; readonly answer: unknown }
  | { readonly kind: "refused"; readonly text: Text };

/** What a worker is sent: an order, and the own policies that it may name. */
export interface Sent<T> {
  readonly order: T;
  readonly own: OwnPolicies | undefined;
}

export const sent = <T>(order: T): Sent<T> => ({ order, own: ownPolicies() });

/** In the worker: knows the own policies, and returns the order. */
export function received<T>({ order, own }: Sent<T>): T {
  setOwnPolicies(own);
  return order;
}

/** Ends a run; nothing is posted afterwards. */
export type Stop = () => void;

/** @param otherwise computes in the pane: a policy of the place may forbid workers */
export function askWorker<T>(worker: Worker, order: unknown, listener: Listener<T>, otherwise: () => Stop): Stop {
  let stop: Stop = () => worker.terminate();
  let heard = false;
  worker.onmessage = ({ data: message }: MessageEvent<Message>) => {
    heard = true;
    if (message.kind === "part") return listener.onPart(message.part);
    stop();
    if (message.kind === "answer") listener.onAnswer(message.answer as T);
    else listener.onFailed(new Refusal("value", message.text));
  };
  worker.onerror = (event) => {
    event.preventDefault();
    stop();
    if (heard) listener.onFailed(new Error(event.message));
    else stop = otherwise();
  };
  worker.postMessage(sent(order));
  return () => stop();
}
