/** Names of firms and objects as dense codes, in the order in which they appear. */
import { isBlank, isError, type Cell, type Given } from "./cells";
import { isStandIn, isTotal, nameOf } from "./names";

/** The code of a blank or a 0, which name nobody. */
const NOBODY = -1;
/** The code of 小计, 合计 and the like, and of 无, 同上 and the like: they are no names. */
export const NO_NAME = -2;
/** The code of an error that stands in a cell. */
const ERROR = -3;

/**
 * One code per name, as nameOf() spells it, over several lists, so that the blocks of a table agree on them. Each different
 * text is spelled once. Texts come fresh from the host: to hash them here and compare them once takes less time than a Map.
 */
export class Codes {
  private readonly texts: string[] = [];
  /** Code and hash of each text, by its place in `texts`. */
  private readonly codes: number[] = [];
  private hashes = new Int32Array(512);
  /** Places in `texts` by hash, in the next free slot; -1: none. Never more than half full. */
  private slots = new Int32Array(1024).fill(-1);
  private count = 0;

  /** Codes of the cells of a column, from 0; below 0 for what names nobody. */
  of(cells: readonly Cell[]): Int32Array {
    const codes = new Int32Array(cells.length);
    this.write(cells, cells.length, codes, 0);
    return codes;
  }

  /** Writes the codes of the first `n` cells into a list, from place `at` on. */
  write(cells: readonly Given[], n: number, into: Int32Array, at: number): void {
    for (let j = 0; j < n; j++) {
      const cell = cells[j];
      into[at + j] = typeof cell === "string" ? this.textCode(cell) : this.otherCode(cell);
    }
  }

  private otherCode(cell: Exclude<Given, string>): number {
    if (isError(cell)) return ERROR;
    return isBlank(cell) || cell === 0 ? NOBODY : this.textCode(String(cell));
  }

  private textCode(text: string): number {
    if (text === "") return NOBODY;
    const hash = hashOf(text);
    const { slots, hashes, texts } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask, place; (place = slots[slot]!) >= 0; slot = (slot + 1) & mask)
      if (hashes[place] === hash && texts[place] === text) return this.codes[place]!;
    const name = nameOf(text);
    const code = name === text ? this.newCode(name) : this.textCode(name);
    this.add(text, hash, code);
    return code;
  }

  /** The code of a name that was not met before. */
  private newCode(name: string): number {
    return isTotal(name) || isStandIn(name) ? NO_NAME : this.count++;
  }

  private add(text: string, hash: number, code: number): void {
    const place = this.texts.push(text) - 1;
    this.codes.push(code);
    if (place === this.hashes.length) this.grow();
    this.hashes[place] = hash;
    this.fill(place);
  }

  private fill(place: number): void {
    const mask = this.slots.length - 1;
    let slot = this.hashes[place]! & mask;
    while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
    this.slots[slot] = place;
  }

  private grow(): void {
    const before = this.hashes;
    this.hashes = new Int32Array(before.length * 2);
    this.hashes.set(before);
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    for (let place = 0; place < before.length; place++) this.fill(place);
  }
}

/** Two characters at a time. */
function hashOf(text: string): number {
  const { length } = text;
  let hash = 0;
  for (let k = 1; k < length; k += 2)
    hash = Math.imul(hash ^ (text.charCodeAt(k - 1) | (text.charCodeAt(k) << 16)), 0x9e3779b1);
  if (length % 2) hash = Math.imul(hash ^ text.charCodeAt(length - 1), 0x9e3779b1);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
