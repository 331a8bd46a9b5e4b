/** Rows that one query cannot give: they are computed by the columns, with every row that shares a firm or an object with them. */
import {
  bindingOf,
  columnsAwards,
  NO_LIMIT,
  OUTCOMES,
  outcomeOf,
  refuse,
  type Plan,
  type PlannedRow,
  type Row,
  type Value,
} from "../../rules";
import { blocksOfRows } from "../../tables";
import { rangeOf } from "../../writers/sql";
import { ownersNamed, type Planned } from "./planned";
import { count, type Found, type Store } from "./store";

/** Rows that are computed at a time, each account in one piece. */
const BATCH = 2 ** 18;
/** Where rows are linked by objects and firms, all that hang together are computed at once. */
const MOST_LINKED = 2 ** 22;

/** Makes `mended` (row_no, award_fen, outcome, limit_no, missing) of the rows in `linked`, to which it adds those that hang together with them. */
export async function mend(store: Store, sheets: readonly Planned[]): Promise<void> {
  const linked = store.named("linked");
  let rows = await count(store, `SELECT count(*) FROM ${linked}`);
  const links = [
    { link: "firm", having: sheets.filter(({ firm }) => firm) },
    { link: "object", having: sheets.filter(({ object }) => object) },
    ...ownersNamed(sheets).map((by) => ({
      link: store.words.dialect.quoted(by),
      having: sheets.filter((sheet) => ownersNamed([sheet]).includes(by)),
    })),
  ];
  for (let before = 0; before !== rows;) {
    before = rows;
    for (const { link, having } of links) {
      const own = (where: string): string =>
        having
          .map(({ readable }) => `SELECT ${link}, row_no FROM ${store.named(readable)} WHERE ${where}`)
          .join(" UNION ALL ");
      if (!having.length) continue;
      const values = `SELECT ${link} FROM (${own(`row_no IN (SELECT row_no FROM ${linked})`)}) AS known WHERE ${link} IS NOT NULL`;
      await store.run(`INSERT INTO ${linked} SELECT row_no FROM (${own("1 = 1")}) AS every_row
WHERE ${link} IN (${values}) AND row_no NOT IN (SELECT row_no FROM ${linked})`);
    }
    rows = await count(store, `SELECT count(*) FROM ${linked}`);
  }
  const whole = sheets.some(({ object }) => object) || sheets.length > 1 || ownersNamed(sheets).length > 0;
  if (whole && rows > MOST_LINKED)
    throw refuse(
      `有 ${rows} 行因企业和对象相互关联、额度又各不相同，超出一次可算的 ${MOST_LINKED} 行；请按企业分成几个文件`,
      `${rows} rows hang together by firms and objects, more than ${MOST_LINKED}; split the file by firms`,
    );
  await store.fill(
    "mended",
    { row_no: "BIGINT", award_fen: "BIGINT", outcome: "VARCHAR", limit_no: "BIGINT", missing: "VARCHAR" },
    rows ? mended(store, sheets, whole) : [],
  );
}

export interface Numbered {
  readonly no: bigint;
  readonly planned: PlannedRow;
}

async function* mended(store: Store, sheets: readonly Planned[], whole: boolean) {
  let batch: Numbered[] = [];
  for (const sheet of sheets) {
    for await (const row of rowsOf(store, sheet, `row_no IN (SELECT row_no FROM ${store.named("linked")})`)) {
      if (!whole && batch.length >= BATCH && row.planned.firm !== batch.at(-1)?.planned.firm) {
        yield* computed(batch);
        batch = [];
      }
      batch.push(row);
    }
  }
  yield* computed(whole ? batch.sort((a, b) => (a.no < b.no ? -1 : 1)) : batch);
}

/** Rows of an instrument that can be read, those of a firm one after another. */
export async function* rowsOf(
  store: Store,
  { plans, readable, inputs, firm, object }: Planned,
  where: string,
): AsyncGenerator<Numbered> {
  const { dialect } = store.words;
  const names = [
    "row_no",
    "claim_year",
    firm ? "firm" : `${dialect.noText} AS firm`,
    object ? "object" : `${dialect.noText} AS object`,
    ...inputs.map(dialect.quoted),
  ];
  const query = `SELECT ${names.join(", ")} FROM ${store.named(readable)} WHERE ${where} ORDER BY ${firm ? "firm, " : ""}row_no`;
  const byYear = new Map(plans.map((plan) => [plan.claim.year, plan]));
  for await (const chunk of store.chunks(query)) {
    for (const [no, year, owner, thing, ...cells] of chunk) {
      const plan = byYear.get(Number(year))!;
      const planned: PlannedRow = {
        plan,
        row: rowOf(plan, inputs, cells),
        ...(owner !== null && { firm: String(owner) }),
        ...(thing !== null && { object: String(thing) }),
      };
      yield { no: BigInt(String(no)), planned };
    }
  }
}

function* computed(batch: readonly Numbered[]): Generator<(string | number | undefined)[]> {
  if (!batch.length) return;
  const blocks = blocksOfRows(batch.map(({ planned }) => planned));
  const awards = columnsAwards(blocks, batch.length);
  const { fen, decisions } = awards;
  for (const [i, { no }] of batch.entries()) {
    const binding = bindingOf(decisions[i]!);
    const kind = OUTCOMES[outcomeOf(decisions[i]!)];
    const { outcome } = kind === "incomplete" ? awards.because(i) : { outcome: undefined };
    const missing = outcome?.kind === "incomplete" ? outcome.missing.join(",") : undefined;
    yield [String(no), fen[i]!, kind, binding === NO_LIMIT ? undefined : binding + 1, missing];
  }
}

const YES: ReadonlySet<Found> = new Set([true, 1, "1", "t"]);

function rowOf(plan: Plan, inputs: readonly string[], cells: readonly Found[]): Row {
  const row: Record<string, Value> = {};
  inputs.forEach((name, k) => {
    const cell = cells[k];
    if (cell === null || cell === undefined) return;
    const input = plan.inputs[name]!;
    const range = rangeOf(input);
    row[name] = range ? Number(cell) / Number(range.scale) : input.kind === "flag" ? YES.has(cell) : String(cell);
  });
  return row;
}
