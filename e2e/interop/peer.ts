import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { decodeTransfer } from "../../src/engine/mime/transfer-encoding.ts";
import type { CipherName } from "../../src/engine/primitives/cipher-registry.ts";
import { type OpenedMessage, openMessage } from "../../src/engine/smime/open.ts";
import { encryptMessage, signMessage } from "../../src/engine/smime/protect.ts";
import type { SigningOptions } from "../../src/engine/smime/sign-entity.ts";
import { folder, write } from "./openssl.ts";
import { type KeyKind, identity, messageFrom, practiceAnchors } from "./pki.ts";
import { HEADER_POLICIES } from "../../src/engine/smime/header-policy.ts";

/** What a program said and how it ended; peers tell much of what they find on standard error. */
export interface PeerRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function isInstalled(...programs: readonly string[]): boolean {
  const directories = (process.env["PATH"] ?? "").split(delimiter);
  return programs.every((program) => directories.some((directory) => existsSync(join(directory, program))));
}

/** Runs a peer in the folder of the tests. */
export function runPeer(
  program: string,
  args: readonly string[],
  { env = {}, input = "" }: { env?: Readonly<Record<string, string>>; input?: string } = {},
): PeerRun {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    input,
    encoding: "latin1",
  });
  return { status, stdout, stderr };
}

export const ENTITY = "Content-Type: text/plain\r\n\r\nHello Bob,\r\nthis is it.\r\n";
export const TEXT = "Hello Bob,\r\nthis is it.\r\n";

/** Our signed message, as the two files that peers want: `NAME.txt`, what is signed, and `NAME.p7s` in DER. */
export async function writeOurSignature(
  name: string,
  kind: KeyKind,
  options: Pick<SigningOptions, "digest" | "rsaScheme"> = {},
): Promise<void> {
  const signing = { identity: await identity(kind), form: "clear", signingTime: new Date(), ...options } as const;
  const message = latin1(await signMessage(Buffer.from(messageFrom(kind)), signing));
  const [, content = "", signature = ""] = /\r\n--[^\r]+\r\n([^]*?)\r\n--[^\r]+\r\n([^]*?)\r\n--/.exec(message) ?? [];
  write(`${name}.txt`, Buffer.from(content, "latin1"));
  write(`${name}.p7s`, bodyOctets(signature));
}

/** Our opaque signature in DER. */
export async function writeOurOpaque(name: string, kind: KeyKind): Promise<void> {
  const signing = { identity: await identity(kind), form: "opaque", signingTime: new Date() } as const;
  write(name, bodyOctets(latin1(await signMessage(Buffer.from(messageFrom(kind)), signing))));
}

/** What we encrypt, in DER. */
export async function writeOurEnvelope(
  name: string,
  kind: KeyKind,
  cipher: CipherName,
  keyTransport: Parameters<typeof encryptMessage>[1]["keyTransport"] = { kind: "rsa-pkcs1" },
): Promise<void> {
  const recipients = [(await identity(kind)).certificate];
  const options = { recipients, cipher, keyTransport, headerPolicy: HEADER_POLICIES.none };
  write(name, bodyOctets(latin1(await encryptMessage(Buffer.from(messageFrom(kind)), options))));
}

/** Opens a bare CMS object as whoever has keys of these kinds. */
export async function openBare(
  cms: Uint8Array,
  kinds: readonly KeyKind[] = [],
  detachedContent?: Uint8Array,
): Promise<OpenedMessage> {
  return openMessage(cms, {
    identities: await Promise.all(kinds.map(identity)),
    anchors: practiceAnchors(),
    intermediates: [],
    at: new Date(),
    ...(detachedContent ? { detachedContent } : {}),
  });
}

export function openedText({ content }: OpenedMessage): string {
  return content ? latin1(decodeTransfer(content)) : "";
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

function bodyOctets(entity: string): Buffer {
  return Buffer.from(entity.slice(entity.indexOf("\r\n\r\n") + 4), "base64");
}
