/**
 * The distribution of a need by other means than the rules': sizes put into cells, a Fourier transform by recursion, powers
 * for claims that are alike. Only what lies within the amount that is asked about is looked at, so that the cells are fine.
 */

/** So many claims of one kind; amounts in fen. */
export interface Kind {
  readonly count: number;
  readonly amount: number;
  readonly probability: number;
  /** Above zero, unless cells are whole fen of `unit`. */
  readonly spread: number;
}

type Complex = readonly [Float64Array, Float64Array];

/** Of every stride-th value from the start on. */
function transformed(re: Float64Array, im: Float64Array, sign: 1 | -1, start = 0, stride = 1): Complex {
  const n = re.length / stride;
  if (n === 1) return [Float64Array.of(re[start]!), Float64Array.of(im[start]!)];
  const [evenRe, evenIm] = transformed(re, im, sign, start, 2 * stride);
  const [oddRe, oddIm] = transformed(re, im, sign, start + stride, 2 * stride);
  const [outRe, outIm] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n / 2; k++) {
    const c = Math.cos((2 * Math.PI * k) / n);
    const s = sign * Math.sin((2 * Math.PI * k) / n);
    const x = oddRe[k]! * c - oddIm[k]! * s;
    const y = oddRe[k]! * s + oddIm[k]! * c;
    outRe[k] = evenRe[k]! + x;
    outIm[k] = evenIm[k]! + y;
    outRe[k + n / 2] = evenRe[k]! - x;
    outIm[k + n / 2] = evenIm[k]! - y;
  }
  return [outRe, outIm];
}

/** The transform of one cell. */
function ofCell(place: number, damping: number, cells: number): Complex {
  const size = place < 4 * cells ? Math.exp(-damping * place) : 0;
  const angle = (j: number): number => (-2 * Math.PI * ((j * place) % cells)) / cells;
  return [
    Float64Array.from({ length: cells }, (_, j) => size * Math.cos(angle(j))),
    Float64Array.from({ length: cells }, (_, j) => size * Math.sin(angle(j))),
  ];
}

/** P(Z ≤ z) by its power series, and by its continued fraction where that is slow. */
function belowNormal(z: number): number {
  if (z < 0) return 1 - belowNormal(-z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  if (z > 6) return 1 - density / (z + 1 / (z + 2 / (z + 3 / (z + 4 / z))));
  let term = z;
  let sum = z;
  for (let k = 3; term > 1e-17 * sum; k += 2) sum += term *= (z * z) / k;
  return 0.5 + density * sum;
}

/**
 * P(need ≤ amount).
 * @param cells a power of two, twice as many as lie within the amount
 * @param unit where given, cells are this wide: all known sizes and the amount less half a unit are multiples of it
 */
export function chanceWithin(kinds: readonly Kind[], amount: number, cells: number, unit?: number): number {
  const width = unit ?? (2 * amount) / cells;
  // Sums beyond the last cell come round to the first: this much smaller.
  const damping = 24 / cells;
  const [allRe, allIm] = [new Float64Array(cells).fill(1), new Float64Array(cells)];
  for (const { count, amount: middle, probability, spread } of kinds) {
    // E[min(size, at)] / width: its bend at a cell is what the cell holds, so that the mean is kept however wide cells are.
    const limited = (at: number): number => {
      if (at <= 0) return at / width;
      const z = Math.log(at / middle) / spread;
      const mean = middle * Math.exp(spread ** 2 / 2);
      return (mean * belowNormal(z - spread) + at * belowNormal(-z)) / width;
    };
    const sizes = (): Float64Array => {
      const upTo = Float64Array.from({ length: cells + 2 }, (_, k) => limited((k - 1) * width));
      return Float64Array.from({ length: cells }, (_, k) => {
        return (2 * upTo[k + 1]! - upTo[k]! - upTo[k + 2]!) * Math.exp(-damping * k);
      });
    };
    const [re, im] =
      spread === 0
        ? ofCell(Math.round(middle / width), damping, cells)
        : transformed(sizes(), new Float64Array(cells), -1);
    for (let j = 0; j < cells; j++) {
      const x = 1 - probability + probability * re[j]!;
      const y = probability * im[j]!;
      const size = Math.hypot(x, y) ** count;
      const angle = Math.atan2(y, x) * count;
      const [a, b] = [size * Math.cos(angle), size * Math.sin(angle)];
      const before = allRe[j]!;
      allRe[j] = before * a - allIm[j]! * b;
      allIm[j] = before * b + allIm[j]! * a;
    }
  }
  const [chances] = transformed(allRe, allIm, 1);
  const place = amount / width - 0.5;
  const last = Math.floor(place);
  let chance = 0;
  for (let k = 0; k <= last; k++) chance += (chances[k]! / cells) * Math.exp(damping * k);
  return chance + (place - last) * (chances[last + 1]! / cells) * Math.exp(damping * (last + 1));
}

/** A random portfolio; the shapes take turns. Amounts are whole units of 10,000 yuan. */
export function portfolio(turn: number, random: () => number): Kind[] {
  const UNIT = 1e6;
  const units = (low: number, high: number): number => UNIT * Math.round(low * (high / low) ** random());
  const chance = (): number => {
    const kind = random();
    if (kind < 0.1) return 1;
    return kind < 0.25 ? 10 ** (-9 + 8 * random()) : 0.02 + 0.96 * random();
  };
  const SPREADS = [0.1, 0.2, 0.3, 0.5, 0.8, 1, 1.2, 1.5];
  const spread = (): number => SPREADS[Math.floor(random() * SPREADS.length)]!;
  const kind = (count: number, amount: number): Kind => ({
    count: Math.ceil(count),
    amount,
    probability: chance(),
    spread: spread(),
  });
  const some = (most: number, make: () => Kind): Kind[] =>
    Array.from({ length: 1 + Math.floor(random() * most) }, make);
  const SHAPES: (() => Kind[])[] = [
    // one giant, a few giants, all equal, heavy tails, mixed spreads, one alone
    () => [kind(1, units(1e4, 2e6)), ...some(3, () => kind(1000 * random(), units(20, 400)))],
    () => [...some(5, () => kind(1, units(1e4, 3e5))), kind(500 * random(), units(20, 400))],
    () => [kind(10 ** (5 * random()), units(20, 2000))],
    () => some(8, () => kind(1, UNIT * Math.round(100 * random() ** (-1 / (0.7 + random()))))),
    () => some(6, () => kind(5 * random(), units(100, 5000))),
    () => [kind(1, units(100, 1e5))],
  ];
  return SHAPES[turn % SHAPES.length]!();
}
