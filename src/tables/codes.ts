/** Names of firms and objects as dense codes, in the order in which they appear. */
import { isBlank, type Cell } from "./cells";
import { isTotal, nameOf } from "./names";

/** The code of 小计, 合计 and the like, which name nobody. */
export const TOTAL = -2;

/** Digits and letters of either case, as in the 18 characters of a unified social credit code, count from 1; 0 ends the text. */
const BASE = 37;
/** By character code; 0 for any other character. */
const DIGITS = Uint8Array.from({ length: 128 }, (_, c) =>
  c >= 48 && c <= 57 ? c - 47 : c >= 65 && c <= 90 ? c - 54 : c >= 97 && c <= 122 ? c - 86 : 0,
);
const PER_WORD = 5;
const WORDS = 4;
const LONGEST = 18;

/**
 * One code per name, as nameOf() spells it, over several lists, so that the blocks of a table agree on them. Most names are credit codes: those are
 * packed into four whole numbers and found by comparing numbers, which is several times faster than comparing fresh texts.
 */
export class Codes {
  private readonly texts = new Map<string, number>();
  private readonly numbers = new Map<number, number>();
  private slots = new Int32Array(1024).fill(-1);
  private packed = new Int32Array(512 * WORDS);
  /** Codes by order of packing. */
  private owners: number[] = [];
  private readonly words = new Int32Array(WORDS);
  private count = 0;

  /** Codes of the cells of a column, from 0; -1 for a blank or a 0, which name nothing, and TOTAL. */
  of(cells: readonly Cell[]): Int32Array {
    const codes = new Int32Array(cells.length);
    for (let i = 0; i < codes.length; i++) {
      const cell = cells[i];
      codes[i] = typeof cell === "string" ? this.textCode(cell) : this.code(cell);
    }
    return codes;
  }

  private code(cell: Cell): number {
    if (isBlank(cell) || cell === 0 || typeof cell === "object") return -1;
    if (typeof cell !== "number") return this.textCode(String(cell));
    const known = this.numbers.get(cell);
    if (known !== undefined) return known;
    const code = this.textCode(String(cell));
    this.numbers.set(cell, code);
    return code;
  }

  private textCode(text: string): number {
    if (text !== "" && this.pack(text)) return this.packedCode(text);
    const known = this.texts.get(text);
    if (known !== undefined) return known;
    const name = nameOf(text);
    const code = name === text ? this.newCode(name) : this.nameCode(name);
    this.texts.set(text, code);
    return code;
  }

  private nameCode(name: string): number {
    return name === "" ? -1 : this.textCode(name);
  }

  /** The code of a name that was not met before. */
  private newCode(name: string): number {
    if (name === "") return -1;
    return isTotal(name) ? TOTAL : this.count++;
  }

  /** Packs a text into `words`; false where it has other characters or is too long. */
  private pack(text: string): boolean {
    const { length } = text;
    if (length > LONGEST) return false;
    const { words } = this;
    for (let w = 0, k = 0; w < WORDS; w++) {
      let word = 0;
      for (const end = Math.min(length, k + PER_WORD); k < end; k++) {
        const digit = DIGITS[text.charCodeAt(k)];
        if (!digit) return false;
        word = word * BASE + digit;
      }
      words[w] = word;
    }
    return true;
  }

  private packedCode(text: string): number {
    const { words, packed } = this;
    const mask = this.slots.length - 1;
    let slot = hash(words[0]!, words[1]!, words[2]!, words[3]!) & mask;
    for (; this.slots[slot]! >= 0; slot = (slot + 1) & mask) {
      const at = this.slots[slot]! * WORDS;
      if (
        packed[at] === words[0] &&
        packed[at + 1] === words[1] &&
        packed[at + 2] === words[2] &&
        packed[at + 3] === words[3]
      ) {
        return this.owners[this.slots[slot]!]!;
      }
    }
    const code = this.newCode(nameOf(text));
    const entry = this.owners.push(code) - 1;
    this.slots[slot] = entry;
    packed.set(words, entry * WORDS);
    if (this.owners.length * 2 > this.slots.length - 2) this.grow();
    return code;
  }

  private grow(): void {
    const packed = new Int32Array(this.packed.length * 2);
    packed.set(this.packed);
    this.packed = packed;
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let entry = 0; entry < this.owners.length; entry++) {
      const at = entry * WORDS;
      let slot = hash(packed[at]!, packed[at + 1]!, packed[at + 2]!, packed[at + 3]!) & mask;
      while (this.slots[slot]! >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = entry;
    }
  }
}

function hash(a: number, b: number, c: number, d: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ Math.imul(d, 0x27d4eb2f);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
