/** The vouchers that have a function of their own: which instrument each means, and which input each argument fills. */
import {
  awards,
  entryOf,
  isInForce,
  planOf,
  readChoice,
  readInput,
  Refusal,
  type Cell,
  type Text,
  type Value,
} from "../rules";
import { answerOf } from "./answer";
import { answered } from "./call";
import { stretch, type Answer, type Argument } from "./matrix";
import { claimOf, jurisdictionOf } from "./period";

/** Instruments by jurisdiction id (or by service), and the inputs in the order of the function's arguments. */
interface Voucher {
  readonly instruments: Readonly<Record<string, string>>;
  readonly inputs: readonly string[];
  /** What an omitted argument means, where the instrument itself leaves that open. */
  readonly omitted?: Readonly<Record<string, Cell>>;
}

export const VOUCHERS = {
  compute: {
    instruments: { zhejiang: "zj-15-suanli", hangzhou: "hz-1-city-suanli", binjiang: "bj-6-suanli" },
    inputs: ["amount", "domestic"],
  },
  model: {
    instruments: { zhejiang: "zj-21-moxing", hangzhou: "hz-1-city-model", binjiang: "bj-8-moxing" },
    inputs: ["amount", "filed"],
    omitted: { filed: true },
  },
  corpus: {
    instruments: { zhejiang: "zj-18-yuliao", hangzhou: "hz-1-nat-data", binjiang: "bj-7-yuliao" },
    inputs: ["amount"],
  },
  innovation: { instruments: { binjiang: "bj-9-chuangxin" }, inputs: ["contract_amount"] },
  interest: {
    instruments: { zhejiang: "zj-14-tiexi", hangzhou: "hz-18-tiexi", binjiang: "bj-21-tiexi" },
    inputs: ["principal", "interest_paid", "lpr", "months", "total_investment"],
  },
} satisfies Record<string, Voucher>;

const NATIONAL = { compute: "hz-1-nat-suanli", model: "hz-1-nat-model", data: "hz-1-nat-data" };
const STACKED = { compute: "hz-1-stack-suanli", model: "hz-1-stack-model" };

const SERVICES: Readonly<Record<string, Text>> = {
  compute: { zh: "算力", en: "compute" },
  model: { zh: "模型", en: "model" },
  data: { zh: "数据", en: "data" },
};

/** A voucher of the jurisdiction: arguments are the voucher's inputs, then jurisdiction, year, used. */
export function voucherAnswers({ instruments, inputs, omitted = {} }: Voucher, args: readonly Argument[]): Answer[][] {
  return stretch(args, (cells) => {
    const [jurisdiction, year, used] = cells.slice(inputs.length) as Cell[];
    return answered(() => {
      const place = jurisdictionOf(jurisdiction);
      const id = instruments[place.id];
      if (!id) {
        throw new Refusal("not-available", {
          zh: `${place.name.zh}没有这种券`,
          en: `${place.name.en} has no such voucher`,
        });
      }
      return oneAnswer(id, { ...omitted, ...named(inputs, cells as Cell[], args), prior_paid: used }, year);
    });
  });
}

/** A national voucher or its stacked form: arguments are amount, service, domestic, year, used. */
export function serviceAnswers(stacked: boolean, args: readonly Argument[]): Answer[][] {
  const instruments: Record<string, string> = stacked ? STACKED : NATIONAL;
  return stretch(args, (cells) => {
    const [amount, service, domestic, year, used] = cells as Cell[];
    return answered(() => {
      const options = Object.fromEntries(Object.entries(SERVICES).filter(([key]) => key in instruments));
      const kind = readChoice(options, service);
      return oneAnswer(
        instruments[kind]!,
        { amount, domestic: domestic ?? false, filed: true, prior_paid: used },
        year,
      );
    });
  });
}

const named = (inputs: readonly string[], cells: readonly Cell[], args: readonly Argument[]): Record<string, Cell> =>
  Object.fromEntries(inputs.flatMap((input, i) => (args[i] ? [[input, cells[i]]] : [])));

/** One award of one instrument; arguments that its clause does not ask for are left aside. */
function oneAnswer(id: string, given: Readonly<Record<string, Cell>>, year: Cell): Answer {
  const entry = entryOf(id);
  const claim = claimOf(year);
  const plan = planOf(entry, claim);
  const row: Record<string, Value> = {};
  if (isInForce(entry.document, claim)) {
    for (const [name, cell] of Object.entries(given)) {
      const input = entry.instrument.inputs?.[name];
      const value = input && cell !== undefined ? readInput(input, cell) : undefined;
      if (value !== undefined) row[name] = value;
    }
  }
  return answerOf(awards([{ plan, row }])[0]!);
}
