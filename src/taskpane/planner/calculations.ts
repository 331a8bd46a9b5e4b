/** The long calculations of the planner by name: plain questions and answers, so that they pass between threads. */
import type { Work } from "../parts/long-work";
import type { ClaimFigures } from "./planning";
import { timedUse } from "./calendar";
import { togetherOf } from "./portfolio";
import { riskOf } from "./risk";
import { sharesOf } from "./shares";
import { sizingOf } from "./sizing";
import { averageOrPlain } from "./use-of-pool";
import { severalYears } from "./years";

const WORKS = {
  use: averageOrPlain,
  risk: riskOf,
  shares: sharesOf,
  sizing: sizingOf,
  time: timedUse,
  years: severalYears,
  portfolio: togetherOf,
} as const;
export type Kind = keyof typeof WORKS;
export type Question<K extends Kind> = Parameters<(typeof WORKS)[K]>[0];
export type AnswerTo<K extends Kind> = ReturnType<(typeof WORKS)[K]> extends Work<infer T> ? T : never;

export interface Order<K extends Kind = Kind> {
  readonly kind: K;
  readonly question: Question<K>;
}

/** Has a calculation done, in a worker or in pieces between which a key is heard. */
export type Run = <K extends Kind>(kind: K, question: Question<K>) => Promise<AnswerTo<K>>;

/** Begins the calculation that an order asks for. */
export function begin<K extends Kind>({ kind, question }: Order<K>): Work<AnswerTo<K>> {
  const work = WORKS[kind] as unknown as (question: Question<K>) => Work<AnswerTo<K>>;
  return work(question);
}

/**
 * A question on its way to a worker: the claims, which may be ten thousand, go there once; a question about the same ones
 * names them by their place.
 */
export interface Parcel {
  /** Claims that the worker has not got yet, by place. */
  readonly claims: readonly (readonly [place: number, claims: ClaimFigures])[];
  readonly kind: Kind;
  /** The question with places instead of claims. */
  readonly question: unknown;
}

/** Packs for one worker, remembering what it was sent. */
export class Packer {
  /** By their probabilities, which change where a chance by group is typed while the amounts stay. */
  private readonly sent = new Map<ClaimFigures["probabilities"], number>();

  pack({ kind, question }: Order): Parcel {
    const claims: [number, ClaimFigures][] = [];
    const placed = withClaims(question, (own: ClaimFigures) => {
      let place = this.sent.get(own.probabilities);
      if (place === undefined) {
        place = this.sent.size;
        this.sent.set(own.probabilities, place);
        claims.push([place, own]);
      }
      return place;
    });
    return { claims, kind, question: placed };
  }
}

/** Unpacks in one worker. */
export class Unpacker {
  private readonly got = new Map<number, ClaimFigures>();

  unpack({ claims, kind, question }: Parcel): Order {
    for (const [place, own] of claims) this.got.set(place, own);
    return { kind, question: withClaims(question, (place: number) => this.got.get(place)!) as Question<Kind> };
  }
}

/** The same question, each `claims` in it replaced. */
function withClaims<T>(question: unknown, replace: (claims: T) => unknown): unknown {
  if (Array.isArray(question)) return question.map((one: unknown) => withClaims(one, replace));
  if (typeof question !== "object" || question === null) return question;
  return Object.fromEntries(
    Object.entries(question).map(([name, value]: [string, unknown]) => [
      name,
      name === "claims" ? replace(value as T) : withClaims(value, replace),
    ]),
  );
}
