/** A report as a page for paper: A4, one file without script or anything to load, charts drawn as pictures. */
import { renderToStaticMarkup } from "react-dom/server";
import type { Language } from "../../rules";
import { ChartPicture } from "./chart-picture";
import { figureWords } from "./figure";
import { labelWords } from "./figure-sheet";
import type { ReportSection } from "./report";

const LOOKS = `
@page { size: A4; margin: 18mm 16mm; }
body { font: 10.5pt/1.6 "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif; color: #1a1a1a;
  max-width: 178mm; margin: 0 auto; padding: 8mm 0; }
h1 { font-size: 17pt; margin: 0 0 4mm; }
h2 { font-size: 12.5pt; margin: 8mm 0 1mm; border-bottom: 0.4mm solid #0f6cbd; break-after: avoid; }
.front { margin: 0; color: #404040; }
.verdict { font-weight: 600; margin: 1mm 0 2mm; break-after: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 8.5pt; line-height: 1.4; font-variant-numeric: tabular-nums; }
thead { display: table-header-group; }
th, td { border-bottom: 0.2mm solid #bdbdbd; padding: 0.6mm 1.5mm; text-align: right; vertical-align: top; }
thead th { border-bottom: 0.4mm solid #1a1a1a; vertical-align: bottom; }
th:first-child { text-align: left; font-weight: 400; min-width: 5.5em; }
tr, svg { break-inside: avoid; }
svg { width: 100%; margin: 2mm 0; }
.note { margin: 0.5mm 0; font-size: 8.5pt; color: #404040; }
@media print { body { padding: 0; max-width: none; } }
`;

/** @param front the title, then lines: what was asked, of what, under which rules. @returns HTML */
export function printablePage(
  [title = "", ...front]: readonly string[],
  sections: readonly ReportSection[],
  language: Language,
): string {
  const page = (
    <html lang={language === "zh" ? "zh-CN" : "en"}>
      <head>
        <meta charSet="utf-8" />
        <title>{title}</title>
        <style>{LOOKS}</style>
      </head>
      <body>
        <h1>{title}</h1>
        {front.map((line, k) => (
          <p key={k} className="front">
            {line}
          </p>
        ))}
        {sections.map((section, k) => (
          <Section key={k} section={section} language={language} />
        ))}
      </body>
    </html>
  );
  return `<!doctype html>\n${renderToStaticMarkup(page)}\n`;
}

function Section({ section, language }: { readonly section: ReportSection; readonly language: Language }) {
  const { title, verdict, head, rows, notes, chart } = section;
  return (
    <section>
      <h2>{title}</h2>
      {verdict && <p className="verdict">{verdict}</p>}
      <table>
        <thead>
          <tr>
            {head.map((heading, k) => (
              <th key={k} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, figures }, r) => (
            <tr key={r}>
              <th scope="row">{labelWords(label, language)}</th>
              {figures.map((figure, k) => (
                <td key={k}>{figureWords(figure, language)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {chart && rows.length > 1 && <ChartPicture section={{ ...section, chart }} language={language} />}
      {notes.map((note, k) => (
        <p key={k} className="note">
          {note}
        </p>
      ))}
    </section>
  );
}
