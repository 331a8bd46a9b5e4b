/** Saves sections as a page to print. */
import { Button } from "@fluentui/react-components";
import { PrintRegular } from "@fluentui/react-icons";
import { useTranslation } from "react-i18next";
import { download } from "../../host/download";
import type { Language } from "../../rules";
import { usePane } from "../context";
import { useCheck } from "./now";
import { useOutcome } from "./outcome";
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
  const [run, line] = useOutcome();
  const check = useCheck();
  const save = async () => {
    await check();
    return t("parts.page-saved", { file: await savePage(front(language), sections(language), language) });
  };
  return (
    <>
      <Button size="small" icon={<PrintRegular />} onClick={() => run(save)}>
        {t("parts.save-page")}
      </Button>
      {line}
    </>
  );
}
