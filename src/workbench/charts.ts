/**
 * Charts as pictures over the grid, drawn from the cells as they are now: those that the pane asked for and those of the file.
 * Univer's own pictures (sheets-drawing-ui) bring menus to insert and crop others, which no file would keep (docs/workbench.md).
 */
import { CommandType, ICommandService, IUniverInstanceService, UniverInstanceType } from "@univerjs/core";
import { DRAWING_OBJECT_LAYER_INDEX, Image, IRenderManagerService, type Scene } from "@univerjs/engine-render";
import { SheetSkeletonManagerService } from "@univerjs/sheets-ui";
import type { Language } from "../host/workbook";
import { picturesOn, type Steps } from "./chart-cells";
import type { Engine } from "./engine";

/** So long after a change pictures are drawn anew. */
const PAUSE = 150;

interface Drawn {
  readonly url: string;
  readonly image: Image;
}

/** Call once the first workbook is there. */
export function showCharts(
  { univer, api }: Pick<Engine, "univer" | "api">,
  language: () => Language,
  stepsOf: () => Steps,
): void {
  const injector = univer.__getInjector();
  const renders = injector.get(IRenderManagerService);
  let drawn = new Map<string, Drawn>();
  let scene: Scene | undefined;
  let waiting: ReturnType<typeof setTimeout> | undefined;

  /** One drawing ends before the next begins. */
  let last = Promise.resolve();

  async function draw(): Promise<void> {
    const workbook = api.getActiveWorkbook();
    const sheet = workbook?.getActiveSheet();
    const render = workbook && renders.getRenderById(workbook.getId());
    const skeleton = render?.with(SheetSkeletonManagerService).getCurrentSkeleton();
    if (!sheet || !render || !skeleton) return;
    if (scene !== render.scene) drawn = new Map();
    scene = render.scene;
    const charts = picturesOn({ univer, api }, sheet, stepsOf());
    const next = new Map<string, Drawn>();
    const { svgOf } = charts.length ? await import("./drawn-chart") : { svgOf: undefined };
    // Another sheet, or none, may be shown by now.
    if (api.getActiveWorkbook()?.getActiveSheet().getSheetId() !== sheet.getSheetId() || scene !== render.scene) return;
    charts.forEach(({ at, picture }, k) => {
      const first = skeleton.getCellWithCoordByIndex(at.row, at.column);
      const last = skeleton.getCellWithCoordByIndex(at.row + at.rows - 1, at.column + at.columns - 1);
      const [left, top] = [first.startX, first.startY];
      const [width, height] = [last.endX - left, last.endY - top];
      if (!(width > 0) || !(height > 0)) return;
      const url = svgOf!(picture, language(), { width, height });
      const key = `butie-chart ${sheet.getSheetId()} ${k} ${left} ${top}`;
      const before = drawn.get(key);
      if (before?.url === url) return void next.set(key, before);
      const image = new Image(`${key} ${Math.random()}`, { url, left, top, width, height, evented: false });
      next.set(key, { url, image });
    });
    for (const [key, { image }] of drawn) if (next.get(key)?.image !== image) image.dispose();
    for (const [key, { image }] of next)
      if (drawn.get(key)?.image !== image) scene.addObject(image, DRAWING_OBJECT_LAYER_INDEX);
    drawn = next;
    scene.makeDirty(true);
  }

  function soon(): void {
    if (waiting !== undefined) return;
    waiting = setTimeout(() => {
      waiting = undefined;
      last = last.then(draw);
    }, PAUSE);
  }

  const commands = injector.get(ICommandService);
  commands.onCommandExecuted(({ type }) => type === CommandType.MUTATION && soon());
  injector
    .get(IUniverInstanceService)
    .getCurrentTypeOfUnit$(UniverInstanceType.UNIVER_SHEET)
    .subscribe((unit) => {
      const render = unit && renders.getRenderById(unit.getUnitId());
      render?.with(SheetSkeletonManagerService).currentSkeleton$.subscribe(soon);
    });
}
