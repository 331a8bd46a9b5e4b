/** What a search for the best choice is given, and what it gives. */

export interface Found {
  /** By object the place of its option. */
  readonly choice: Uint16Array;
  /** Whole fen. */
  readonly total: number;
  /** No choice pays more than this. */
  readonly bound: number;
}

/** Options times states that may still be looked at, about: beyond, a choice is left with a gap. */
export interface Effort {
  left: number;
}

export interface Incumbent {
  readonly choice: Uint16Array;
  readonly total: number;
}
