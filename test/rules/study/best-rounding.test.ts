/** Objects of a few fen, where what is rounded together decides: what is said to be proven is what no choice of ways beats. */
import fc from "fast-check";
import { byCounts } from "../../../src/rules/study/best/fill";
import { fillingOf } from "../../../src/rules/study/best/filling";
import { Priced } from "../../../src/rules/study/best/priced";
import { search } from "../../../src/rules/study/best/search";
import { byAward, totalOf, type Options } from "../../../src/rules/study/best/option";
import { together } from "../../../src/rules/study/best/together";

/** A way in tenths of a fen: what it is paid besides, and by account what it wants of it. */
type Given = readonly [besides: number, wanted: readonly (readonly [account: number, tenths: number])[]];

const half = (tenths: number): number => Math.floor((tenths + 5) / 10);

const objectsOf = (given: readonly (readonly Given[])[], rooms: readonly number[]): Options[] =>
  given.map((ways) =>
    ways
      .map(([besides, wanted], candidate) => {
        const sums = Array.from({ length: 1 << wanted.length }, (_, whole) =>
          half(wanted.reduce((sum, [, tenths], p) => (whole & (1 << p) ? sum + tenths : sum), besides)),
        );
        const parts = wanted.map(([account, tenths]) => ({
          wanted: half(tenths),
          on: [{ account, room: rooms[account]!, before: 0 }],
        }));
        const open = { overall: [], ceiling: Infinity, minus: 0, times: 1, plain: true, rank: 0 };
        return { ...open, candidate, full: sums.at(-1)!, parts, sums, drawn: sums };
      })
      .sort(byAward),
  );

function bestOf(objects: readonly Options[]): number {
  const choice = new Uint16Array(objects.length);
  const visit = (i: number): number =>
    i === objects.length
      ? totalOf(objects, choice, 2)
      : Math.max(
          ...objects[i]!.map((_, o) => {
            choice[i] = o;
            return visit(i + 1);
          }),
        );
  return visit(0);
}

const tenths = fc.integer({ min: 0, max: 200 });
const ways = fc.array(
  fc.tuple(
    fc.oneof(fc.constant(0), tenths),
    fc
      .tuple(fc.option(tenths), fc.option(tenths))
      .map((wanted) => wanted.flatMap((one, account) => (one === null ? [] : [[account, one] as const]))),
  ),
  { minLength: 2, maxLength: 3 },
);
const rooms = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }));
const firms = fc.array(ways, { minLength: 2, maxLength: 5 });

const wantsBoth: Given[] = [
  [
    5,
    [
      [0, 9],
      [1, 13],
    ],
  ],
  [
    0,
    [
      [0, 20],
      [1, 16],
    ],
  ],
];
const mayLeaveBoth = (besides: number): Given[] => [
  [0, [[1, 12]]],
  [
    besides,
    [
      [0, 10],
      [1, 13],
    ],
  ],
  [16, [[1, 2]]],
];
const oneLimit: Given[][] = (
  [
    [118, 332, 162],
    [271, 762, 372],
    [144, 405, 198],
    [290, 815, 398],
    [122, 342, 167],
    [234, 658, 321],
    [332, 934, 456],
  ] as const
).map(([besides, wanted, without]) => [
  [besides, [[0, wanted]]],
  [without, []],
]);

/** Firms that were once said to be proven a fen below the best. */
const offLine: Given[] = [
  [10, [[1, 140]]],
  [70, [[0, 60]]],
  [100, []],
];

const KNOWN: [Given[][], [number, number]][] = [
  // A part that is cut alone, and one that is cut with another, are rounded otherwise.
  [
    [
      [
        [3, [[0, 137]]],
        [0, [[0, 112]]],
      ],
      [
        [56, []],
        [0, [[1, 85]]],
      ],
      [
        [0, []],
        [0, [[0, 144]]],
      ],
      [
        [54, [[0, 75]]],
        [
          15,
          [
            [0, 47],
            [1, 136],
          ],
        ],
      ],
      [
        [
          32,
          [
            [0, 87],
            [1, 85],
          ],
        ],
        [
          23,
          [
            [0, 153],
            [1, 112],
          ],
        ],
      ],
    ],
    [11, 10],
  ],
  // Ways that draw nearly the same are on no line.
  [
    [
      [
        [97, [[1, 53]]],
        [44, [[1, 144]]],
      ],
      [
        [62, [[1, 138]]],
        [69, [[1, 168]]],
      ],
    ],
    [26, 20],
  ],
  // A limit that is filled to the fen cuts the fraction of a fen.
  [
    [
      [[0, [[1, 90]]]],
      [
        [
          0,
          [
            [0, 105],
            [1, 135],
          ],
        ],
      ],
      [
        [92, [[1, 30]]],
        [0, [[0, 116]]],
      ],
      [
        [
          85,
          [
            [0, 48],
            [1, 124],
          ],
        ],
      ],
    ],
    [50, 38],
  ],
  // A part of less than half a fen, of a limit that holds nothing.
  [
    [
      [
        [4, [[0, 3]]],
        [6, [[0, 2]]],
      ],
      [[4, [[0, 3]]]],
    ],
    [0, 0],
  ],
  // What is paid besides is the same where nothing and where something is cut at best, and less where another part is.
  [
    [wantsBoth, wantsBoth, wantsBoth],
    [2, 1],
  ],
  [Array<Given[]>(8).fill(wantsBoth), [5, 3]],
  [[14, 14, 15, 15, 14, 14, 15, 14].map(mayLeaveBoth), [6, 6]],
  // The bound row by row: what a way loses was taken off a bound that was rounded to whole fen already.
  [
    [...oneLimit, [[0, [[1, 60]]]]],
    [173, 467],
  ],
  // Ways off the line of the others: the place from which on a line is looked at lay outside of what fits, with little effort.
  [
    [
      offLine,
      offLine,
      [
        [
          40,
          [
            [0, 200],
            [1, 170],
          ],
        ],
        [
          180,
          [
            [0, 85],
            [1, 75],
          ],
        ],
        [20, [[1, 70]]],
      ],
      offLine,
      offLine,
    ],
    [20, 31],
  ],
];

test("the bound of a few objects is never below the best of all choices, and what is chosen never above", () => {
  fc.assert(
    fc.property(firms, rooms, (given, holds) => {
      const objects = objectsOf(given, holds);
      const best = bestOf(objects);
      // As alone, and as one firm of very many.
      for (const effort of [2 ** 20, 2 ** 10]) {
        const { choice, gap } = together(objects, { left: effort });
        const places = choice.map((candidate, i) => objects[i]!.findIndex((option) => option.candidate === candidate));
        const total = totalOf(objects, places, 2);
        expect(total).toBeLessThanOrEqual(best);
        expect(total + gap).toBeGreaterThanOrEqual(best);
        const found = search(objects, 2, { left: effort });
        expect(found.bound).toBeGreaterThanOrEqual(best);
      }
    }),
    { numRuns: 400, examples: KNOWN },
  );
});

test("the bound by how many objects go which way is never below the best of all choices", () => {
  fc.assert(
    fc.property(firms, rooms, (given, holds) => {
      // Every account is drawn on.
      const all = [
        ...given,
        [
          [0, [[0, 60]]],
          [0, [[1, 60]]],
        ] satisfies Given[],
      ];
      const objects = objectsOf(all, holds);
      const filling = fillingOf(objects, 2);
      if (!filling) return;
      const priced = new Priced(filling);
      const start = { choice: new Uint16Array(all.length), total: 0, bound: Math.floor(priced.bound + 1e-3) };
      const found = byCounts(objects, { filling, priced }, start, { left: 2 ** 18 });
      const best = bestOf(objects);
      expect(found.bound).toBeGreaterThanOrEqual(best);
      expect(found.total).toBeLessThanOrEqual(best);
    }),
    { numRuns: 100 },
  );
});
