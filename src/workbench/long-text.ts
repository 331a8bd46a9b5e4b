/**
 * The grid draws the first characters of a long text, as Excel does; the cell, the editor and the file keep all of it. Drawing
 * 32,767 characters would take the engine seconds.
 */
import { CellValueType, InterceptorEffectEnum } from "@univerjs/core";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";
import type { Engine } from "./engine";

const DRAWN = 2 ** 10;
/** After everything else that has a say in what a cell shows. */
const LAST = -1000;

/** Call once the first workbook is there. */
export function shortenTexts({ univer }: Pick<Engine, "univer">): void {
  univer
    .__getInjector()
    .get(SheetInterceptorService)
    .intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      priority: LAST,
      effect: InterceptorEffectEnum.Value,
      handler: (cell, _, next) => {
        if (typeof cell?.v !== "string" || cell.v.length <= DRAWN || cell.p) return next(cell);
        return next({ ...cell, v: cell.v.slice(0, DRAWN), t: CellValueType.STRING });
      },
    });
}
