/**
 * Times several ways of doing one job in turn, in processor time: what else the machine does then counts for none of them.
 * All of them work on one thread, so that on an idle machine it is the time that a user waits.
 */

export interface Contender {
  readonly name: string;
  /** Rows of one run; a slow contender may do fewer. */
  readonly rows: number;
  readonly run: () => unknown;
  /** Why its figures are not exact, or what to know about it. */
  readonly note?: string;
}

export interface Timed extends Contender {
  /** Median nanoseconds per row. */
  readonly nanoseconds: number;
}

const RUNS = 7;

/** @returns the median of seven runs each, after one to warm up */
export async function timed(contenders: readonly Contender[], runs = RUNS): Promise<Timed[]> {
  const times = contenders.map((): number[] => []);
  for (let round = -1; round < runs; round++) {
    for (const [k, { run }] of contenders.entries()) {
      const begun = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(begun);
      if (round >= 0) times[k]!.push(user + system);
    }
  }
  return contenders.map((contender, k) => ({
    ...contender,
    nanoseconds: (times[k]!.sort((a, b) => a - b)[(runs - 1) >> 1]! * 1e3) / contender.rows,
  }));
}

/** Prints the lines of one job; the first contender is ours and the measure of the others. */
export function print(job: string, [ours, ...others]: readonly Timed[]): void {
  console.log(`\n${job}`);
  const line = ({ name, nanoseconds, note = "" }: Timed, ratio: string): void =>
    console.log(`  ${name.padEnd(44)} ${nanoseconds.toFixed(1).padStart(9)} ns/row ${ratio.padStart(9)}  ${note}`);
  line(ours!, "1");
  for (const other of others) {
    const times = other.nanoseconds / ours!.nanoseconds;
    line(other, `${times.toFixed(times < 10 ? 2 : 0)} ×`);
  }
}
