// What jsdom lacks and the pane's libraries expect of a browser.
import "@testing-library/jest-dom";
import { TextDecoder, TextEncoder } from "node:util";

class SilentResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

Object.assign(globalThis, { TextDecoder, TextEncoder });
globalThis.ResizeObserver ??= SilentResizeObserver;
