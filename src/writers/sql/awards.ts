/** The last steps: what the limits leave, the award, and the limit that decides. */
import { MAX_FEN } from "../../rules";
import type { WrittenLimit } from "./clause";
import { indented, listOf, type From } from "./dialect";
import { leftColumn, limitColumn, type Frame } from "./frame";

/** What each limit leaves, and each part. */
export function parts(frame: Frame, from: From, name: string): string {
  const { clause } = frame.first;
  const accounts = frame.accounts();
  const left = [...clause.parts.flat(), ...clause.limits].flatMap((one) => {
    const account = accounts.find(({ shared }) => shared.includes(one));
    if (!account) return [];
    const drawn = frame.inUnits(`before_${account.name}`);
    const column = limitColumn(one);
    return [`CASE WHEN ${column} IS NOT NULL THEN greatest(${column} - ${drawn}, 0) END AS ${leftColumn(one)}`];
  });
  const amounts = clause.parts.map(
    (limits, p) => `${frame.least(limits.map((one) => frame.leftColumn(one)))} AS amount_${p}`,
  );
  const inner = left.length
    ? `(\n${indented(`SELECT\n${listOf([`${name}.*`, ...left])}\nFROM ${from(name)}`)}\n) AS remaining`
    : from(name);
  return `SELECT\n${listOf([left.length ? "remaining.*" : `${name}.*`, ...amounts])}\nFROM ${inner}`;
}

export function awards(frame: Frame, from: From): string {
  const { clause } = frame.first;
  const sum = frame.together(clause.parts.map((_, p) => `amount_${p}`));
  const left = clause.limits.map((one) => frame.leftColumn(one));
  const total = left.length ? frame.leastGiven([sum, ...left]) : sum;
  const chain = (limits: readonly WrittenLimit[], amount: string): string =>
    limits.length === 1
      ? String(limits[0]!.limit.index + 1)
      : `CASE ${limits.map((one) => `WHEN ${frame.leftColumn(one)} = ${amount} THEN ${one.limit.index + 1}`).join(" ")} END`;
  const { highest } = frame.first.plan;
  const live = clause.parts.map((limits, p) => ({ limits, p })).filter(({ limits }) => limits.length);
  // Of a sum the last part decides, of the highest the first that is as high.
  const parts = (highest ? live : live.reverse()).map(({ limits, p }) => {
    const there = limits.map((one) => `${limitColumn(one)} IS NOT NULL`).join(" OR ");
    const decides = highest ? `(${there}) AND amount_${p} = ${sum}` : there;
    return `WHEN ${decides} THEN ${chain(limits, `amount_${p}`)}`;
  });
  const over = clause.limits.length ? [`WHEN (${total}) < ${sum} THEN ${chain(clause.limits, `(${total})`)}`] : [];
  const deciding = [...over, ...parts];
  const pieces = clause.pieces === undefined ? "" : " * pieces";
  const again = frame.again();
  const differs = [...frame.accounts().map(({ name }) => `differs_${name}`), ...(again ? ["differs_again"] : [])];
  const refused = ["repeated", ...(again?.pays === "nothing" ? ["before_again > 0"] : [])].join(" OR ");
  const before = again ? frame.greatestMinus("before_again") : "minus";
  return `SELECT\n${listOf([
    "row_no",
    "missing",
    `CASE WHEN outcome = 'award' AND (${refused}) THEN 'not-eligible' ELSE outcome END AS answer`,
    `(${frame.rounded(frame.rest(total, before))})${pieces} AS fen`,
    `${deciding.length ? `CASE ${deciding.join(" ")} END` : "NULL"} AS decided_by`,
    `(${["unsure", ...differs].join(" OR ")}) AS by_columns`,
  ])}\nFROM ${from("parts")}`;
}

export function result(frame: Frame, from: From): string {
  const paid = `answer = 'award' AND NOT by_columns AND fen <= ${MAX_FEN}`;
  return `SELECT\n${listOf([
    "row_no",
    `CASE WHEN ${paid} THEN ${frame.dialect.whole("fen")} ELSE 0 END AS award_fen`,
    `CASE WHEN answer = 'award' AND fen > ${MAX_FEN} THEN 'too-large' ELSE answer END AS outcome`,
    `CASE WHEN ${paid} THEN decided_by END AS limit_no`,
    "missing",
    "by_columns",
  ])}\nFROM ${from("awards")}\nORDER BY row_no`;
}
