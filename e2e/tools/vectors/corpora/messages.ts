import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importPrivateKey } from "../../../../src/engine/primitives/private-key.ts";
import type { Identity } from "../../../../src/engine/smime/identity.ts";
import { openMessage, type OpenedMessage, type OpenOptions } from "../../../../src/engine/smime/open.ts";
import type { IntegrityVerdict, LayerVerdict } from "../../../../src/engine/verdicts.ts";
import { readCertificates } from "../../../../src/engine/x509/containers.ts";
import { writePem } from "../../../../src/engine/x509/pem.ts";
import { readPrivateKey } from "../../../../src/engine/x509/private-key-file.ts";

/** A certificate and its key as the suite keeps them, in PEM or DER. */
export interface KeyPair {
  readonly certificate: Uint8Array;
  readonly key: Uint8Array;
}

export async function identity({ certificate, key }: KeyPair): Promise<Identity> {
  const [leaf, ...chain] = readCertificates(certificate);
  if (!leaf) throw new Error("no certificate");
  return { certificate: leaf, key: await importPrivateKey(readPrivateKey(key)), chain };
}

export interface OpenInput {
  readonly message: Uint8Array;
  readonly keys?: readonly KeyPair[];
  readonly certificates?: readonly Uint8Array[];
  readonly at?: Date;
  readonly detachedContent?: Uint8Array;
}

/** Opens a message with no anchors: suites of formats and algorithms ask for integrity and content only. */
export async function open({ message, keys = [], certificates = [], at, detachedContent }: OpenInput) {
  const options: OpenOptions = {
    identities: await Promise.all(keys.map(identity)),
    anchors: [],
    intermediates: certificates.flatMap(readCertificates),
    at: at ?? new Date("2026-01-01T00:00:00Z"),
    ...(detachedContent ? { detachedContent } : {}),
  };
  return openMessage(message, options);
}

/** `decrypted` or `not-decrypted` for an encryption; `opened` for what is only compressed or digested; `valid`, `invalid` or `unsupported` for a signature. */
export function layerWords({ layers }: OpenedMessage): string {
  return layers.map(layerWord).join(", ") || "no layer";
}

function layerWord(layer: LayerVerdict): string {
  if ("cipher" in layer) return layer.covered === null ? "not-decrypted" : "decrypted";
  if (!("signers" in layer)) return "opened";
  if (layer.isMalformed) return "invalid";
  return worst(layer.signers.map(({ integrity }) => integrity));
}

function worst(integrities: readonly IntegrityVerdict[]): string {
  const statuses = integrities.map(({ status }) => status);
  return (["invalid", "unsupported", "valid"] as const).find((status) => statuses.includes(status)) ?? "no signer";
}

/** Why: for the reader of a disagreement. */
export function layerReasons({ layers }: OpenedMessage): string {
  const reasons = layers.flatMap((layer): readonly string[] => {
    if ("cipher" in layer) return layer.reasons;
    if (!("signers" in layer)) return [];
    return layer.signers.flatMap(({ integrity }) => ("reason" in integrity ? [integrity.reason] : []));
  });
  return reasons.length > 0 ? ` (${reasons.join(" ")})` : "";
}

/** The octets inside the innermost layer; `null` where they were not reached. */
export function innermost({ layers }: OpenedMessage): Uint8Array | null {
  return layers.at(-1)?.covered ?? null;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** Content as a word; texts are compared with CRLF line ends, as both programs mean them. */
export function contentWord(bytes: Uint8Array | null): string {
  if (bytes === null) return "nothing";
  const text = Buffer.from(bytes).toString("latin1").replaceAll(/\r?\n/g, "\r\n");
  return `${text.length}:${sha256(new Uint8Array(Buffer.from(text, "latin1")))}`;
}

/** Opens a message and says its layers and its content; to be compared with the same words of another program. */
export async function openedWords(input: OpenInput): Promise<string> {
  const opened = await open(input);
  return `${layerWords(opened)} ${contentWord(innermost(opened))}${layerReasons(opened)}`;
}

/** Runs OpenSSL in a folder that is thrown away, with files in it. */
export function openssl(words: readonly string[], files: Readonly<Record<string, Uint8Array>>): Uint8Array | null {
  const folder = mkdtempSync(join(tmpdir(), "signet-vectors-"));
  try {
    for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
    const { status, stdout } = spawnSync("openssl", words, { cwd: folder, maxBuffer: 2 ** 28 });
    return status === 0 ? new Uint8Array(stdout) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What OpenSSL decrypts a CMS object in DER or BER, or a mail, to; `null` where it cannot. */
export function opensslDecrypt(
  cms: Uint8Array,
  { certificate, key }: KeyPair,
  form: "DER" | "SMIME" = "DER",
): Uint8Array | null {
  const [leaf] = readCertificates(certificate);
  if (!leaf) throw new Error("no certificate");
  const files = {
    "in.cms": cms,
    "cert.pem": text(writePem("CERTIFICATE", leaf.der)),
    "key.pem": text(writePem("PRIVATE KEY", readPrivateKey(key))),
  };
  const words = ["cms", "-decrypt", "-binary", "-inform", form, "-in", "in.cms", "-recip", "cert.pem"];
  return openssl([...words, "-inkey", "key.pem"], files);
}

/** Whether OpenSSL finds the signatures of a CMS object good, whoever made them; the content where it does. */
export function opensslVerify(cms: Uint8Array, detached?: Uint8Array): Uint8Array | null {
  const words = ["cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "in.cms"];
  if (!detached) return openssl(words, { "in.cms": cms });
  return openssl([...words, "-content", "content"], { "in.cms": cms, content: detached });
}

/** Certificate and key of a PKCS#12 file, read by OpenSSL so that our own reader is not in question. */
export function pkcs12KeyPair(path: string, passphrase: string): KeyPair {
  const words = ["pkcs12", "-in", path, "-nodes", "-passin", `pass:${passphrase}`, "-legacy"];
  const pem = execFileSync("openssl", words, { stdio: ["ignore", "pipe", "ignore"] });
  const certificate = execFileSync("openssl", [...words, "-clcerts", "-nokeys"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  return { certificate: new Uint8Array(certificate), key: new Uint8Array(pem) };
}

function text(content: string): Uint8Array {
  return new Uint8Array(Buffer.from(content, "latin1"));
}
