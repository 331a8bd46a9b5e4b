/** Discrete Fourier transform in place, for a power of two. Source: Cooley and Tukey (1965). */
export function fourier(re: Float64Array, im: Float64Array): void {
  const count = re.length;
  const { cosines, sines, places } = tablesOf(count);
  for (let i = 0; i < count; i++) {
    const j = places[i]!;
    if (i >= j) continue;
    [re[i], re[j]] = [re[j]!, re[i]!];
    [im[i], im[j]] = [im[j]!, im[i]!];
  }
  for (let half = 1; half < count; half *= 2) {
    const stride = count / (2 * half);
    for (let start = 0; start < count; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = start + k;
        const b = a + half;
        const x = re[b]! * cosines[k * stride]! - im[b]! * sines[k * stride]!;
        const y = re[b]! * sines[k * stride]! + im[b]! * cosines[k * stride]!;
        re[b] = re[a]! - x;
        im[b] = im[a]! - y;
        re[a]! += x;
        im[a]! += y;
      }
    }
  }
}

interface Tables {
  readonly cosines: Float64Array;
  readonly sines: Float64Array;
  /** Each place with its binary digits in reverse. */
  readonly places: Uint32Array;
}

/** Tables follow from the length alone; a handful of lengths is ever used. */
const known = new Map<number, Tables>();

function tablesOf(count: number): Tables {
  const before = known.get(count);
  if (before) return before;
  const angle = (k: number): number => (-2 * Math.PI * k) / count;
  const places = new Uint32Array(count);
  for (let i = 1; i < count; i++) places[i] = places[i >> 1]! / 2 + (i & 1 ? count / 2 : 0);
  const tables = {
    cosines: Float64Array.from({ length: count / 2 }, (_, k) => Math.cos(angle(k))),
    sines: Float64Array.from({ length: count / 2 }, (_, k) => Math.sin(angle(k))),
    places,
  };
  known.set(count, tables);
  return tables;
}
