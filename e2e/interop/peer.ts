import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { decodeTransfer } from "../../src/engine/mime/transfer-encoding.ts";
import { type OpenedMessage, openMessage } from "../../src/engine/smime/open.ts";
import { folder } from "./openssl.ts";
import { type KeyKind, identity, practiceAnchors } from "./pki.ts";

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
