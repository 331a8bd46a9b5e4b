/** The movable line between grid and pane: by pointer or with the arrow keys, as the pane in Excel is 320 to 600 pixels wide. */
import type { KeyboardEvent, PointerEvent } from "react";

const WIDTH = { narrowest: 320, widest: 600, usual: 380 };
const STEP = 20;
/** A page of less has the narrowest pane: at a zoom of 200 % most of it is left to the grid. */
const NARROW_PAGE = 960;

export const firstWidth = (): number => (window.innerWidth < NARROW_PAGE ? WIDTH.narrowest : WIDTH.usual);

const within = (width: number) => Math.min(WIDTH.widest, Math.max(WIDTH.narrowest, Math.round(width)));

interface Props {
  readonly label: string;
  readonly width: number;
  /** Sets the width from the one that stands when it is applied: keys can come faster than the page is drawn. */
  readonly onWidth: (next: (width: number) => number) => void;
}

export function Divider({ label, width, onWidth }: Props) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) {
      const width = within(window.innerWidth - event.clientX);
      onWidth(() => width);
    }
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onWidth((width) => within(width + step));
  };
  return (
    <div
      className="divider"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={WIDTH.narrowest}
      aria-valuemax={WIDTH.widest}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={press}
    />
  );
}
