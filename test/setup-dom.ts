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

// A loaded machine is slow, not wrong: no test waits less than this for what it looks for.
configure({ asyncUtilTimeout: 20_000 });
jest.setTimeout(120_000);
