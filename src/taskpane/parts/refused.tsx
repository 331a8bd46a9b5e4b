/** What could not be read or computed, in the user's words. */
import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { Refusal } from "../../rules";
import { usePane } from "../context";
import { Failure } from "../failure";

export function Refused({ words }: { readonly words: string }) {
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{words}</MessageBarBody>
    </MessageBar>
  );
}

/** Whatever went wrong while claims were read or figures computed. */
export function Wrong({ error }: { readonly error: unknown }) {
  const { language } = usePane();
  if (error instanceof Refusal) return <Refused words={error.text[language]} />;
  return <Failure error={error} />;
}
