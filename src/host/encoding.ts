/** In which encoding a text file is written. */
export const ENCODINGS = ["utf-8", "gb18030", "utf-16le"] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** GB18030 holds all of GBK and GB2312. What is not UTF-8 to the last byte is read so. */
export function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return "utf-8";
  } catch {
    return "gb18030";
  }
}

export const decode = (bytes: Uint8Array, encoding: Encoding): string => new TextDecoder(encoding).decode(bytes);
