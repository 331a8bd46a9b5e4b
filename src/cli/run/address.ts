/** Where a server is, from what a user writes: `http://user:password@host:8123/database`. */
import { refuse } from "../../rules";

export interface Address {
  readonly origin: string;
  readonly host: { readonly name: string; readonly port: number | undefined };
  /** Whether what is sent is to be encrypted. */
  readonly secure: boolean;
  /** The server as messages name it: without user and password. */
  readonly label: string;
  readonly user?: string;
  readonly password?: string;
  readonly database?: string;
}

/** A password that stands neither in the address is taken from here, so that it need not stand in the list of processes. */
const PASSWORD = "BUTIE_PASSWORD";

/** @throws Refusal for what is no address of such a server; the words do not repeat it, as it may hold a password */
export function addressOf(text: string, schemes: readonly string[]): Address {
  const form = `${schemes[0]}://user@host:port/database`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw refuse(`--url 不是服务器地址，应写作 ${form}`, `--url is no address of a server: write ${form}`);
  }
  if (!schemes.includes(url.protocol.slice(0, -1)) || !url.hostname)
    throw refuse(
      `--url 应以 ${schemes.map((scheme) => `${scheme}://`).join(" 或 ")} 开头，写作 ${form}`,
      `--url must begin with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}: write ${form}`,
    );
  const password = url.password ? decodeURIComponent(url.password) : process.env[PASSWORD];
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    origin: `${url.protocol}//${url.host}`,
    host: { name: url.hostname.replace(/^\[(.*)\]$/, "$1"), port: url.port ? Number(url.port) : undefined },
    secure: url.protocol === "https:" || /[?&]sslmode=(require|verify)/.test(url.search),
    label: url.host,
    ...(url.username && { user: decodeURIComponent(url.username) }),
    ...(password && { password }),
    ...(database && { database }),
  };
}

/** "schema.table" or "table". */
export function tableName(text: string): { readonly schema: string | undefined; readonly table: string } {
  const dot = text.indexOf(".");
  const [schema, table] = dot < 0 ? [undefined, text] : [text.slice(0, dot), text.slice(dot + 1)];
  if (!table || schema === "") throw refuse(`表名不完整：“${text}”`, `${text} is no name of a table`);
  return { schema, table };
}

const UNITS: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** "2GB" in bytes. @throws Refusal */
export function bytesOf(text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?([KMGT]?)I?B?$/i.exec(text.trim()) ?? [];
  if (number === undefined) throw refuse(`“${text}”不是内存大小，应写作 2GB`, `${text} is no size: write 2GB`);
  return Math.floor(Number(number) * UNITS[unit.toUpperCase()]!);
}
