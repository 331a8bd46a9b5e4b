/** What goes on while the user looks at other views: one of a kind for each workbook, watched by whatever view is open. */
import { useSyncExternalStore } from "react";
import type { Workbook } from "../../host/workbook";

export class Ongoing<State> {
  private readonly listeners = new Set<() => void>();

  constructor(protected state: State) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  readonly current = (): State => this.state;

  protected notify(state: State): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}

/** @returns the workbook's own, made when it is first asked for */
export function perWorkbook<T>(make: (host: Workbook) => T): (host: Workbook) => T {
  const known = new WeakMap<Workbook, { readonly one: T }>();
  return (host) => {
    const kept = known.get(host) ?? { one: make(host) };
    known.set(host, kept);
    return kept.one;
  };
}

export const useOngoing = <State>(ongoing: Ongoing<State>): State =>
  useSyncExternalStore(ongoing.subscribe, ongoing.current);
