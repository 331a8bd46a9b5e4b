/** The keyboard between grid and pane, as in Excel: F6 goes from one to the other, Escape from the pane to the grid. */
import { ILayoutService } from "@univerjs/preset-sheets-core";
import { useEffect, type RefObject } from "react";
import type { Engine } from "./engine";

/** Escape first empties a search field. */
const holdsText = (element: Element | null): boolean =>
  element instanceof HTMLInputElement && element.type === "search" && element.value !== "";

export const focusGrid = (engine: Engine): void => engine.univer.__getInjector().get(ILayoutService).focus();

export function useKeyboard(engine: Engine | undefined, pane: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    if (!engine) return;
    const inPane = () => pane.current!.contains(document.activeElement);
    const asked = () => document.querySelector("dialog[open]") !== null;
    // What is offered for the cell is one more key away, every job is two.
    const toPane = () => {
      const find = (selector: string) => pane.current!.querySelector<HTMLElement>(selector);
      (find("[data-offer] button") ?? find('[role="tab"][aria-selected="true"]'))?.focus();
    };
    const change = (event: KeyboardEvent) => {
      if (event.key !== "F6" || asked()) return;
      event.preventDefault();
      event.stopPropagation();
      if (inPane()) focusGrid(engine);
      else toPane();
    };
    const leave = (event: KeyboardEvent) => {
      const wanted = event.key === "Escape" && !event.defaultPrevented && inPane() && !asked();
      if (wanted && !holdsText(document.activeElement)) focusGrid(engine);
    };
    // Before the grid, which takes every key for itself; Escape only after the lists of the pane, which close with it.
    window.addEventListener("keydown", change, true);
    window.addEventListener("keydown", leave);
    return () => {
      window.removeEventListener("keydown", change, true);
      window.removeEventListener("keydown", leave);
    };
  }, [engine, pane]);
}
