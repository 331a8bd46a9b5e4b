/** Where the keyboard is after the pane shows another view. */
import { useEffect, useRef, type RefObject } from "react";

/** What stays where it is while views change, and keeps the keyboard. */
const STAYS = "[role=tab], nav button";

/**
 * Brings the keyboard to the panel, and the panel to its start, when another view was shown in it, or the first steps came
 * or went: what was clicked may be gone. The tabs and the parts of a job keep it, so that one can go on along them.
 *
 * @returns for the panel
 */
export function usePanel(view: string, firstSteps: boolean): RefObject<HTMLDivElement | null> {
  const panel = useRef<HTMLDivElement>(null);
  const content = `${view} ${firstSteps}`;
  const shown = useRef(content);
  useEffect(() => {
    if (shown.current === content) return;
    shown.current = content;
    panel.current!.scrollTop = 0;
    if (!document.activeElement?.matches(STAYS)) panel.current!.focus();
  }, [content]);
  return panel;
}

/** On the button of a view that does what the view is for. */
export const PRIMARY_KEYS = "Control+Enter";

/**
 * The field of a view where the user begins. It takes the keyboard from the panel, where another view led here; who came
 * along the tabs stays there.
 *
 * @returns for the field
 */
export function useFirstField<Field extends HTMLElement>(wanted: boolean): RefObject<Field | null> {
  const field = useRef<Field>(null);
  const asked = useRef(wanted);
  useEffect(() => {
    if (!asked.current) return;
    // The panel gets the keyboard after all that is in it was drawn.
    const timer = setTimeout(() => {
      if (document.activeElement?.matches("[role=tabpanel]")) field.current?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return field;
}
