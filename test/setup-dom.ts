// What jsdom lacks and the pane's libraries expect of a browser.
import "@testing-library/jest-dom";
import { configure } from "@testing-library/react";
import { TextDecoder, TextEncoder } from "node:util";

class SilentResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, { TextDecoder, TextEncoder });
globalThis.ResizeObserver ??= SilentResizeObserver;

/** The labels of a control, as jsdom has them; it looks through the whole document for each, half the time of a query by name. */
function labelsOf(this: HTMLElement): HTMLLabelElement[] {
  return [...document.querySelectorAll("label")].filter(
    (label) => (label.htmlFor ? document.getElementById(label.htmlFor) : label.control) === this,
  );
}
// A suite that needs no page may ask for an environment without one.
if (globalThis.document) {
  const labelled = [HTMLButtonElement, HTMLInputElement, HTMLMeterElement, HTMLOutputElement, HTMLProgressElement];
  for (const { prototype } of [...labelled, HTMLSelectElement, HTMLTextAreaElement])
    Object.defineProperty(prototype, "labels", { get: labelsOf });
}

// A loaded machine is slow, not wrong: no test waits less than this for what it looks for.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(120_000);
