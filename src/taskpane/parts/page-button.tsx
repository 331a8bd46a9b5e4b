/** Saves sections as a page to print. */
import { Button, Text } from "@fluentui/react-components";
import { PrintRegular } from "@fluentui/react-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download } from "../../host/download";
import type { Language } from "../../rules";
import { usePane } from "../context";
import { Failure } from "../failure";
import type { ReportSection } from "./report";

/** @param front its title, then the lines above the sections. @returns the name of the file */
export async function savePage(
  front: readonly string[],
  sections: readonly ReportSection[],
  language: Language,
): Promise<string> {
  const { printablePage } = await import("./printable");
  const file = `${front[0]!}.html`;
  download(file, new TextEncoder().encode(printablePage(front, sections, language)));
  return file;
}

interface Props {
  readonly front: (language: Language) => readonly string[];
  readonly sections: (language: Language) => readonly ReportSection[];
}

export function PageButton({ front, sections }: Props) {
  const { t } = useTranslation();
  const { language } = usePane();
  const [outcome, setOutcome] = useState<{ readonly file: string } | { readonly error: unknown }>();
  const save = () =>
    void savePage(front(language), sections(language), language).then(
      (file) => setOutcome({ file }),
      (error: unknown) => setOutcome({ error }),
    );
  return (
    <>
      <Button size="small" icon={<PrintRegular />} onClick={save}>
        {t("parts.save-page")}
      </Button>
      <Text size={200} role="status">
        {outcome && "file" in outcome && t("parts.page-saved", { file: outcome.file })}
      </Text>
      {outcome && "error" in outcome && <Failure error={outcome.error} />}
    </>
  );
}
