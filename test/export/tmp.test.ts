import { writeFileSync } from "node:fs";
import { bookOfTemplate } from "../../src/export/template";
import { writeBook } from "../../src/export/file/write";
test("m", () => {
  const t0=process.cpuUsage().user;
  const {book} = bookOfTemplate({year:2026});
  const b = writeBook(book);
  console.log((process.cpuUsage().user-t0)/1e6, b.length, book.sheets.map(s=>s.name+":"+s.columns.length+"x"+s.length).join(" "));
  writeFileSync("/tmp/bk/t.xlsx", b);
});
