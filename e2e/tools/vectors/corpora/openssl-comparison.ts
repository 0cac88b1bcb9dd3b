import { SmimeError } from "../../../../src/engine/errors.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { readPrivateKey } from "../../../../src/engine/x509/private-key-file.ts";
import type { VectorCase } from "../corpus.ts";
import { filesBelow, readBytes } from "./files.ts";
import {
  contentWord,
  innermost,
  layerReasons,
  layerWords,
  open,
  openssl,
  opensslDecrypt,
  opensslVerify,
  type KeyPair,
} from "./messages.ts";

/** OpenSSL is started once or twice for each file. */
const MAX_FILES = 1_000;
const MAX_SIZE = 4 * 1024 * 1024;

/**
 * A folder of messages that no adapter knows, each compared with what OpenSSL says of its outermost layer: `valid`,
 * `decrypted` with the content, or `other`. Keys are taken from PEM files of the folder that have a certificate with them.
 */
export function opensslComparison(folder: string): readonly VectorCase[] {
  const files = filesBelow(folder);
  const keys = files.flatMap(keyPairs);
  const cases: VectorCase[] = [];
  for (const path of files) {
    if (cases.length >= MAX_FILES) break;
    const message = readBytes(path);
    const form = formOf(message);
    if (form === null || message.length > MAX_SIZE) continue;
    cases.push({
      name: path.slice(folder.length + 1),
      expected: opensslWords(message, form, keys),
      actual: () => ourWords(message, keys),
    });
  }
  return cases;
}

type Form = "mail" | "der";

function formOf(file: Uint8Array): Form | null {
  const start = Buffer.from(file.subarray(0, 65_536)).toString("latin1");
  if (file[0] === 0x30 && start.slice(0, 32).includes("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07")) return "der";
  return /^content-type:\s*(multipart\/signed|application\/(x-)?pkcs7)/im.test(start) ? "mail" : null;
}

function keyPairs(path: string): KeyPair[] {
  if (!/\.(pem|key|crt)$/.test(path)) return [];
  const file = readBytes(path);
  try {
    readPrivateKey(file);
    readCertificates(file);
    return [{ certificate: file, key: file }];
  } catch (error) {
    if (error instanceof SmimeError) return [];
    throw error;
  }
}

function opensslWords(message: Uint8Array, form: Form, keys: readonly KeyPair[]): string {
  // OpenSSL does not know the line that begins a message in an mbox.
  const text = Buffer.from(message)
    .toString("latin1")
    .replace(/^From .*\r?\n/, "");
  const mail = new Uint8Array(Buffer.from(text, "latin1"));
  const verified =
    form === "der"
      ? opensslVerify(message)
      : openssl(["cms", "-verify", "-noverify", "-in", "in", "-out", "out"], { in: mail });
  if (verified) return "valid";
  for (const key of keys) {
    const content = opensslDecrypt(form === "der" ? message : mail, key, form === "der" ? "DER" : "SMIME");
    if (content) return `decrypted ${contentWord(content)}`;
  }
  return "other";
}

async function ourWords(message: Uint8Array, keys: readonly KeyPair[]): Promise<string> {
  try {
    const opened = await open({ message, keys });
    const words = layerWords(opened);
    if (words.startsWith("valid")) return "valid";
    if (words === "decrypted") return `decrypted ${contentWord(innermost(opened))}`;
    return `other (${words}${layerReasons(opened)})`;
  } catch (error) {
    if (error instanceof SmimeError) return `other (${error.code})`;
    throw error;
  }
}
