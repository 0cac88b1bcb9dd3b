import { parseEntity } from "../../../src/engine/mime/parse.ts";
import { decodeTransfer } from "../../../src/engine/mime/transfer-encoding.ts";
import type { KeyKind } from "../pki.ts";
import type { Reader, Reading } from "./peer.ts";

/** An S/MIME entity as programs want it that know CMS and no MIME, and as it is. */
export interface Layer {
  readonly entity: Uint8Array;
  /** In DER. */
  readonly cms: Uint8Array;
  /** What a clear signature is over. */
  readonly content: Uint8Array | null;
}

/** A program that opens one layer at a time; both throw where it refuses, and give what was inside. */
export interface LayerReader {
  verify(layer: Layer): Promise<Uint8Array> | Uint8Array;
  decrypt(layer: Layer, recipient: KeyKind): Promise<Uint8Array> | Uint8Array;
}

/** Has every layer opened, from the outermost in. */
export function readByLayers(peer: LayerReader): Reader["read"] {
  return async (message, { recipient }): Promise<Reading> => {
    let entity = message;
    let [isSigned, isEncrypted] = [false, false];
    for (let kind = kindOf(entity); kind !== null; kind = kindOf(entity)) {
      const layer = layerOf(entity);
      entity = kind === "signed" ? await peer.verify(layer) : await peer.decrypt(layer, recipient);
      isSigned ||= kind === "signed";
      isEncrypted ||= kind === "encrypted";
    }
    const inner = parseEntity(entity);
    const subject = inner.header.find(({ name }) => name.toLowerCase() === "subject")?.value ?? "";
    return { text: Buffer.from(decodeTransfer(inner)).toString(), subject, isSigned, isEncrypted };
  };
}

function kindOf(entity: Uint8Array): "signed" | "encrypted" | null {
  const header = headerOf(entity);
  if (/^Content-Type: multipart\/signed|smime-type="?signed-data/m.test(header)) return "signed";
  return /^Content-Type: application\/pkcs7-mime/m.test(header) ? "encrypted" : null;
}

function layerOf(entity: Uint8Array): Layer {
  const octets = Buffer.from(entity);
  const boundary = /boundary="?([^";\r]+)/.exec(headerOf(entity))?.[1];
  if (boundary === undefined) return { entity, cms: bodyOctets(octets), content: null };
  const delimiter = `\r\n--${boundary}`;
  const first = octets.indexOf(delimiter) + delimiter.length + 2;
  const second = octets.indexOf(delimiter, first);
  const end = octets.indexOf(delimiter, second + 1);
  const signature = octets.subarray(second + delimiter.length + 2, end);
  return { entity, cms: bodyOctets(signature), content: octets.subarray(first, second) };
}

function headerOf(entity: Uint8Array): string {
  const octets = Buffer.from(entity);
  return octets
    .subarray(0, octets.indexOf("\r\n\r\n"))
    .toString("latin1")
    .replace(/\r\n/g, "\n")
    .replace(/\n[ \t]+/g, " ");
}

function bodyOctets(entity: Buffer): Buffer {
  return Buffer.from(entity.subarray(entity.indexOf("\r\n\r\n") + 4).toString("latin1"), "base64");
}
