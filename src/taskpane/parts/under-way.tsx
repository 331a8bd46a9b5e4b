/** Progress of long work, with a way to stop it; or why it failed. */
import { Button, Field, ProgressBar, Text } from "@fluentui/react-components";
import { useTranslation } from "react-i18next";
import { Wrong } from "./refused";
import type { Progress } from "./long-work";

interface Props {
  readonly progress: Progress<unknown>;
  readonly stop: () => void;
}

/** A bar that grows smoothly has the whole pane laid out anew in every frame, which the work then waits for. */
const AT_ONCE = { style: { transition: "none" } };

export function UnderWay({ progress, stop }: Props) {
  const { t } = useTranslation();
  switch (progress.kind) {
    case "running":
      return (
        <>
          <Field label={t("parts.computing")} size="small">
            <ProgressBar value={progress.part} bar={AT_ONCE} />
          </Field>
          <Button size="small" onClick={stop}>
            {t("parts.stop")}
          </Button>
        </>
      );
    case "stopped":
      return <Text size={200}>{t("parts.stopped")}</Text>;
    case "failed":
      return <Wrong error={progress.error} />;
    default:
      return null;
  }
}
