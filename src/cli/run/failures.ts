/** What servers and networks answer, in words that name the server and what to do. Passwords are in none of them. */
import { refuse, type Refusal } from "../../rules";

interface Cause {
  readonly zh: string;
  readonly en: string;
}

const NETWORK: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    zh: "连接被拒绝，服务没有运行或端口不对",
    en: "connection refused: no server there, or another port",
  },
  ENOTFOUND: { zh: "找不到这台主机", en: "host not found" },
  EAI_AGAIN: { zh: "找不到这台主机", en: "host not found" },
  ECONNRESET: { zh: "连接中断，服务可能已停止", en: "connection lost: the server may have stopped" },
  EPIPE: { zh: "连接中断，服务可能已停止", en: "connection lost: the server may have stopped" },
  ETIMEDOUT: { zh: "没有响应", en: "no answer" },
  EHOSTUNREACH: { zh: "主机不可达", en: "host unreachable" },
};
const LOST = /socket hang up|terminated|closed|ended|unexpected/i;

/** Codes of ClickHouse and of PostgreSQL. */
const ANSWERS: Readonly<Record<string, Cause>> = {
  "81": { zh: "没有这个数据库", en: "no such database" },
  "192": { zh: "用户名或密码不对", en: "wrong user or password" },
  "193": { zh: "用户名或密码不对", en: "wrong user or password" },
  "194": { zh: "需要密码", en: "a password is required" },
  "516": { zh: "用户名或密码不对", en: "wrong user or password" },
  "497": { zh: "没有权限", en: "no permission" },
  "164": { zh: "没有权限（只读）", en: "no permission (read only)" },
  "241": { zh: "超出内存上限，可用 --memory 调整", en: "beyond the memory limit; see --memory" },
  "3D000": { zh: "没有这个数据库", en: "no such database" },
  "28P01": { zh: "用户名或密码不对", en: "wrong user or password" },
  "28000": { zh: "用户名或密码不对", en: "wrong user or password" },
  "42501": { zh: "没有权限", en: "no permission" },
  "57P01": { zh: "服务已停止", en: "the server has stopped" },
  "57P02": { zh: "服务已停止", en: "the server has stopped" },
  "57P03": { zh: "服务正在启动或停止", en: "the server is starting or stopping" },
  "53100": { zh: "磁盘已满", en: "the disk is full" },
};

/** @param label of the server, without user and password */
export function failure(label: string, error: unknown): Refusal {
  const { code, message = "" } = error as { code?: string; message?: string };
  const number = /\bCode: (\d+)/.exec(message)?.[1];
  const known =
    ANSWERS[number ?? ""] ??
    ANSWERS[code ?? ""] ??
    NETWORK[code ?? ""] ??
    (LOST.test(message) ? NETWORK["ECONNRESET"] : undefined);
  const [line = ""] = message.replace(/, e\.what\(\).*/s, "").split("\n");
  // What no list holds is given as the server put it.
  const { zh, en } = known ?? { zh: line, en: line };
  const detail =
    known && number !== undefined && !(known === ANSWERS["193"] || /^(19[234]|516)$/.test(number)) ? ` (${line})` : "";
  return refuse(`${label}：${zh}${detail}`, `${label}: ${en}${detail}`);
}
