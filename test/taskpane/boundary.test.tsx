import { FluentProvider, webLightTheme } from "@fluentui/react-components";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Boundary } from "../../src/taskpane/boundary";

test("a broken view says so, and can be tried again", async () => {
  const silent = jest.spyOn(console, "error").mockImplementation(() => {});
  let broken = true;
  const View = () => {
    if (broken) throw new Error("x");
    return <p>well</p>;
  };
  render(
    <FluentProvider theme={webLightTheme}>
      <Boundary>
        <View />
      </Boundary>
    </FluentProvider>,
  );
  expect(screen.getByText(/x/)).toBeInTheDocument();
  broken = false;
  await userEvent.click(screen.getByRole("button"));
  expect(screen.getByText("well")).toBeInTheDocument();
  silent.mockRestore();
});
