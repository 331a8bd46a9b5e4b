/** Whether the first steps are shown when the pane opens: until the user puts them away, which this browser remembers. */
const KEY = "butie.first-steps";

export function firstStepsWanted(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    // A browser that keeps nothing: they are one click away from being gone.
    return true;
  }
}

export function putFirstStepsAway(): void {
  try {
    localStorage.setItem(KEY, "away");
  } catch {
    // They come back with the next start.
  }
}
