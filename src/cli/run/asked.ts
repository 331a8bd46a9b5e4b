/** Awards on other awards over files: a row that asks for what a row is awarded that cannot be read is given back with the number of that row. */
import type { Allowance } from "../../rules";
import { labelOf } from "../../writers/words";
import type { Planned } from "./planned";
import { countAll, eachOf, type Store } from "./store";

/** @param firstRow what the first row of the claims is called, where it is row 0 */
export async function withKnownAwards(
  stores: readonly Store[],
  sheets: readonly Planned[],
  firstRow: number,
): Promise<Planned[]> {
  const known = [...sheets];
  const waveOf = ({ plans }: Planned): number => plans[0]?.wave ?? 0;
  // What is given back is itself not known to those that ask for it.
  for (const sheet of [...sheets].sort((a, b) => waveOf(a) - waveOf(b))) {
    for (const { input, instruments, allowance } of sheet.plans[0]?.awarded ?? []) {
      const at = known.findIndex(({ computed }) => computed === sheet.computed);
      const others = known.filter(({ entry }) => instruments.includes(entry.instrument.id));
      const asking = known[at]!;
      const hits = `${asking.table}_asks_${input}`;
      if (others.length) await eachOf(stores, (store) => findAsking(store, asking, input, allowance, others, hits));
      if (!others.length || !(await countAll(stores, (store) => `SELECT count(*) FROM ${store.named(hits)}`))) continue;
      const table = `${hits}_known`;
      await eachOf(stores, (store) => store.view(table, withReasons(store, asking, input, hits, firstRow)));
      known[at] = { ...asking, table };
    }
  }
  return known;
}

/** Who has the account, as a text; NULL for a row that names nobody. */
function ownerIn({ words: { dialect } }: Store, { firm, object }: Planned, { scope }: Allowance): string {
  const named = (column: string, there: boolean): string[] =>
    there ? [`WHEN ${column} IS NOT NULL THEN concat('${column} ', ${column})`] : [];
  const [own, other] = [named("firm", firm), named("object", object)];
  const cases = scope === "object" ? [...other, ...own] : [...own, ...other];
  return cases.length ? `CASE ${cases.join(" ")} ELSE ${dialect.noText} END` : dialect.noText;
}

/** Makes a table of the rows that ask (row_no) and a row that cannot be read (other). */
function findAsking(
  store: Store,
  asking: Planned,
  input: string,
  allowance: Allowance,
  others: readonly Planned[],
  hits: string,
): Promise<void> {
  const { dialect } = store.words;
  const blank = asking.inputs.includes(input) ? ` AND ${dialect.quoted(input)} IS NULL` : "";
  const own = `SELECT row_no, claim_year, ${ownerIn(store, asking, allowance)} AS owner FROM ${store.named(asking.table)} WHERE reason IS NULL AND in_force${blank}`;
  const broken = others.map(
    (sheet) =>
      `SELECT row_no AS other, claim_year AS other_year, ${ownerIn(store, sheet, allowance)} AS owner FROM ${store.named(sheet.table)} WHERE reason IS NOT NULL AND (in_force OR claim_year IS NULL)`,
  );
  const year = `other_year ${allowance.period === "year" ? "=" : "<="} claim_year`;
  return store.create(
    hits,
    `SELECT row_no, min(other) AS other FROM (${own}) AS asking JOIN (${broken.join(" UNION ALL ")}) AS broken USING (owner)
WHERE owner IS NOT NULL AND (other_year IS NULL OR ${year}) GROUP BY row_no`,
  );
}

function withReasons(store: Store, asking: Planned, input: string, hits: string, firstRow: number): string {
  const { dialect, text } = store.words;
  const { firm, object, inputs, table } = asking;
  const columns = [
    ...["row_no", "claim_year", "claim_day", "in_force"],
    ...[firm ? "firm" : "", object ? "object" : ""].filter(Boolean),
    ...inputs.map(dialect.quoted),
  ].join(", ");
  const label = labelOf(asking.entry.instrument.inputs ?? {}, input, "zh");
  const words = [
    dialect.literal(`${label}为空，要取的补助额所在的行“第`),
    text(`other + ${firstRow}`),
    dialect.literal("行”无法读取"),
  ];
  return `SELECT ${columns}, reason FROM ${store.named(table)} WHERE row_no NOT IN (SELECT row_no FROM ${store.named(hits)})
UNION ALL SELECT ${columns}, ${dialect.column(`concat(${words.join(", ")})`, true)} AS reason FROM ${store.named(table)} JOIN ${store.named(hits)} AS asked USING (row_no)`;
}
