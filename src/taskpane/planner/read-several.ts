/** Reads the claims on the pools that are looked at together, once, for a report. */
import { parseReference } from "../../host/address";
import type { Workbook } from "../../host/workbook";
import type { Entry } from "../../rules";
import type { Claims } from "./claims";
import { refusedAt } from "./claim-columns";
import type { Form, formOf } from "./form";
import { readPoolTable } from "./pool-table";
import type { SeveralPools } from "./portfolio-sections";
import { readClaims } from "./reading";
import { listedIn, listedOf, severalOf } from "./several-pools";
import type { Surroundings } from "./table-claims";

interface Wanted {
  /** Of the pool that is planned. */
  readonly form: Form;
  readonly typed: Parameters<typeof formOf>[0];
  readonly about: Surroundings;
  readonly signal: AbortSignal;
}

/** @throws Refusal with the name of the pool whose claims cannot be read; WorkbookError */
export async function readSeveral(
  host: Workbook,
  pools: readonly Entry[],
  { form, typed, about, signal }: Wanted,
): Promise<SeveralPools> {
  const where = (form["pool-table"] ?? "").normalize("NFKC").trim();
  const listed = where
    ? listedIn(await readPoolTable(host, parseReference(where)), form.factors)
    : listedOf(pools, typed, about.language);
  const claims: (Claims | undefined)[] = [];
  for (const { name, form: own } of listed) {
    try {
      claims.push((await readClaims(host, own, about, signal, () => undefined))?.claims);
    } catch (error) {
      throw refusedAt({ zh: `资金池“${name}”`, en: `pool ${name}` }, error);
    }
  }
  return severalOf(listed, claims, about.claim);
}
