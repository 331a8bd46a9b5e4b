/** Opens the pane as a user finds it. */
import { createDOMRenderer, RendererProvider } from "@fluentui/react-components";
import { act, configure, render, screen, waitFor, within } from "@testing-library/react";
import userEvent, { PointerEventsCheckLevel, type UserEvent } from "@testing-library/user-event";
import { setPick } from "../../src/functions/pick";
import { Pane } from "../../src/taskpane/pane";
import type { Workbook } from "../../src/host/workbook";
import { FakeWorkbook } from "./fake-workbook";

// Looking for what is hidden costs jsdom most of the time; the browser tests look at what is really visible.
configure({ defaultHidden: true, asyncUtilTimeout: 20_000 });

beforeEach(() => setPick({}));

export async function openPane(host: Workbook | null = new FakeWorkbook()): Promise<UserEvent> {
  // Fluent's style rules go to a document of their own: jsdom would match each of them against each element.
  // So there is none that takes a pointer away, and to look for it before each click is in vain.
  const user = userEvent.setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never });
  const renderer = createDOMRenderer(document.implementation.createHTMLDocument());
  render(
    <RendererProvider renderer={renderer}>
      <Pane host={host} />
    </RendererProvider>,
  );
  await act(async () => {});
  return user;
}

export const inBinjiang = (content?: ConstructorParameters<typeof FakeWorkbook>[0]): FakeWorkbook => {
  const host = new FakeWorkbook(content);
  host.stored = { jurisdiction: "binjiang" };
  return host;
};

/** The jobs with several views: a view is a click on its job and one on its part. */
const JOB_OF: Readonly<Record<string, string>> = { 试算一笔: "测算", 解释: "测算", 冻结与恢复: "测算" };

const FIRST_VIEWS: Readonly<Record<string, string>> = { 政策: "目录", 测算: "整张表" };

/** Opens a job, or a view of one, and waits until it is there. */
export async function openTab(user: UserEvent, name: string): Promise<HTMLElement> {
  const job = JOB_OF[name];
  await user.click(screen.getByRole("tab", { name: job ?? name }));
  if (job) await user.click(within(screen.getByRole("navigation", { name: job })).getByRole("button", { name }));
  const panel = await screen.findByRole("tabpanel", { name: FIRST_VIEWS[name] ?? name });
  await act(async () => {});
  return panel;
}

/** Puts a text into a field in the place of what stands there. */
export async function fill(user: UserEvent, field: HTMLElement, text: string): Promise<void> {
  await user.clear(field);
  await user.click(field);
  await user.paste(text);
}

/** Puts the selected cells into a field, and waits until it says so: the rest of the view is shown anew then. */
export async function take(
  user: UserEvent,
  host: FakeWorkbook,
  label: string,
  sheet: string,
  address: string,
): Promise<void> {
  act(() => host.select(sheet, address));
  await user.click(screen.getByRole("button", { name: `${label}：取所选` }));
  await waitFor(() => expect(screen.getByRole("textbox", { name: label })).toHaveValue(`${sheet}!${address}`));
}
