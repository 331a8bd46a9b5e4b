/**
 * Formats of Chinese Excel that Univer 0.25.1 does not know, in cells and in TEXT: [DBNum1] (一百二十) and [DBNum2] (壹佰贰拾)
 * figures, and `!` before a character that is shown as it is ("0!.0,万").
 */
import { CellValueType, InterceptorEffectEnum, numfmt, type Univer } from "@univerjs/core";
import {
  type ArrayValueObject,
  type BaseFunction,
  type BaseValueObject,
  functionText,
  StringValueObject,
} from "@univerjs/engine-formula";
import { INTERCEPTOR_POINT, SheetInterceptorService } from "@univerjs/sheets";

interface Figures {
  readonly digits: string;
  readonly units: readonly string[];
}

const FIGURES: Readonly<Record<string, Figures>> = {
  1: { digits: "○一二三四五六七八九", units: ["", "十", "百", "千"] },
  2: { digits: "零壹贰叁肆伍陆柒捌玖", units: ["", "拾", "佰", "仟"] },
};
const GROUPS = ["", "万", "亿", "兆", "京"];

const digitwise = (text: string, { digits }: Figures) => [...text].map((digit) => digits[Number(digit)]).join("");

/** Four digits at most: 1205 is 一千二百○五. */
function group(text: string, figures: Figures): string {
  const last = text.length - 1;
  const read = [...text].map((digit, index) =>
    digit === "0" ? "0" : digitwise(digit, figures) + figures.units[last - index],
  );
  return read.join("").replace(/0+$/, "").replace(/0+/g, digitwise("0", figures));
}

/** Whole numbers in words: 100005 is 一十万○五. */
export function inWords(integer: string, kind: string): string {
  const figures = FIGURES[kind]!;
  const text = integer.replace(/^0+(?=.)/, "");
  if (text === "0" || text.length > GROUPS.length * 4) return digitwise(text, figures);
  const groups = text.padStart(Math.ceil(text.length / 4) * 4, "0").match(/.{4}/g)!;
  let words = "";
  groups.forEach((four, index) => {
    const value = group(index === 0 ? four.replace(/^0+/, "") : four, figures);
    if (value === "") return;
    // A group of zeros, or zeros before a group, are read once.
    const gap = words !== "" && !value.startsWith(figures.digits[0]!) && groups[index - 1] === "0000";
    words += (gap ? figures.digits[0]! : "") + value + GROUPS[groups.length - 1 - index]!;
  });
  return words;
}

function chinese(text: string, kind: string, isDate: boolean): string {
  return text.replace(/(\d+)(?:\.(\d+))?/g, (_, integer: string, decimals?: string) => {
    const figures = FIGURES[kind]!;
    const whole = isDate && integer.length === 4 ? digitwise(integer, figures) : inWords(integer, kind);
    // A day or month from 10 to 19 is 十, not 一十.
    if (isDate) return whole.replace(/^一(?=十)/, "");
    return decimals === undefined ? whole : `${whole}.${digitwise(decimals, figures)}`;
  });
}

const [Text] = functionText.find(([, name]) => String(name) === "TEXT") as unknown as [
  new (name: string) => BaseFunction,
];

/** `!x` outside of quotes as the engine spells it. */
const spelled = (format: string) =>
  format.replace(/"[^"]*"|!(.)/g, (token, char?: string) => (char === undefined ? token : `\\${char}`));

/** A pattern without its Chinese figures, as the engine spells it, and which figures it asks for. */
function parts(pattern: string): { rest: string; kind?: string; isDate: boolean } {
  const [tag = "", kind] = /\[DBNum([12])\]/i.exec(pattern) ?? [];
  const bare = tag ? pattern.replace(tag, "").replace(/\[\$-[^\]]*\]/g, "") : pattern;
  const rest = spelled(bare) || "General";
  return { rest, ...(kind && { kind }), isDate: /[yd]/i.test(rest) };
}

const isChinese = (pattern: string) => /!|\[DBNum[12]\]/i.test(pattern);

class ChineseText extends Text {
  private plain(value: BaseValueObject, format: BaseValueObject): BaseValueObject {
    return super.calculate(value, format) as BaseValueObject;
  }

  override calculate(value: BaseValueObject, format: BaseValueObject): BaseValueObject {
    const pattern = format?.isString() ? String(format.getValue()) : "";
    if (!isChinese(pattern)) return this.plain(value, format);
    const { rest, kind, isDate } = parts(pattern);
    const result = this.plain(value, StringValueObject.create(rest));
    if (kind === undefined) return result;
    const words = (text: BaseValueObject) =>
      text.isError() ? text : StringValueObject.create(chinese(String(text.getValue()), kind, isDate));
    return result.isArray() ? (result as ArrayValueObject).mapValue(words) : words(result);
  }
}

/** For the engine's plugin, in place of its own. */
export const TEXT_FUNCTIONS: [typeof ChineseText, string][] = [[ChineseText, "TEXT"]];

/** A number as a cell with such a format shows it; undefined for all other formats. */
export function shownInChinese(value: number, pattern: string): string | undefined {
  if (!isChinese(pattern)) return undefined;
  const { rest, kind, isDate } = parts(pattern);
  const text = String(numfmt.format(rest, value, { throws: false }));
  return kind === undefined ? text : chinese(text, kind, isDate);
}

/** After the engine has applied the formats that it knows. */
const LATE = -100;

/** Lets cells show these formats. Call once the first workbook is there. */
export function showChinese({ univer }: { readonly univer: Univer }): void {
  univer
    .__getInjector()
    .get(SheetInterceptorService)
    .intercept(INTERCEPTOR_POINT.CELL_CONTENT, {
      priority: LATE,
      effect: InterceptorEffectEnum.Value,
      handler: (cell, { rawData, workbook }, next) => {
        const { v, t, s } = rawData ?? {};
        if (!cell || !s || typeof v !== "number" || t !== CellValueType.NUMBER) return next(cell);
        const pattern = workbook.getStyles().get(s)?.n?.pattern;
        const text = pattern === undefined ? undefined : shownInChinese(v, pattern);
        return next(text === undefined ? cell : { ...cell, v: text });
      },
    });
}
