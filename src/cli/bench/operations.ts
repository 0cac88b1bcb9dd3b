import { utf8Bytes } from "../../engine/bytes/text.ts";
import { concatBytes } from "../../engine/bytes/concat.ts";
import { writeEntity } from "../../engine/mime/writer.ts";
import type { Identity } from "../../engine/smime/identity.ts";
import { openMessage } from "../../engine/smime/open.ts";
import { encryptMessage, protectMessage, signMessage } from "../../engine/smime/protect.ts";
import type { SigningOptions } from "../../engine/smime/sign-entity.ts";
import { trustAnchor } from "../../engine/x509/trust-anchor.ts";
import { HEADER_POLICIES } from "../../engine/smime/header-policy.ts";

export const OPERATIONS = [
  "sign-clear",
  "sign-opaque",
  "verify-clear",
  "verify-opaque",
  "encrypt",
  "decrypt",
  "protect",
  "open",
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** A message of about `size` octets: a text and an attachment, as base64 makes it. */
export function makeMessage(size: number): Uint8Array {
  const content = new Uint8Array(Math.max(1, Math.floor((size * 57) / 78)));
  // getRandomValues fills 64 KiB at most.
  for (let offset = 0; offset < content.length; offset += 65_536) {
    crypto.getRandomValues(content.subarray(offset, offset + 65_536));
  }
  const entity = writeEntity({
    kind: "multipart",
    subtype: "mixed",
    parts: [
      { kind: "text", type: "text/plain", text: "Measured.\r\n" },
      { kind: "file", type: "application/octet-stream", content, disposition: "attachment", filename: "data.bin" },
    ],
  });
  return concatBytes(utf8Bytes("From: bench@example.com\r\nSubject: Bench\r\nMIME-Version: 1.0\r\n"), entity);
}

/** What the operation is given: the message itself, or what another one made of it. */
export async function makeInput(operation: Operation, message: Uint8Array, identity: Identity): Promise<Uint8Array> {
  switch (operation) {
    case "verify-clear":
      return signMessage(message, signing(identity, "clear"));
    case "verify-opaque":
      return signMessage(message, signing(identity, "opaque"));
    case "decrypt":
      return encryptMessage(message, encryption(identity));
    case "open":
      return protect(message, identity);
    default:
      return message;
  }
}

export async function perform(operation: Operation, input: Uint8Array, identity: Identity): Promise<void> {
  switch (operation) {
    case "sign-clear":
      await signMessage(input, signing(identity, "clear"));
      return;
    case "sign-opaque":
      await signMessage(input, signing(identity, "opaque"));
      return;
    case "encrypt":
      await encryptMessage(input, encryption(identity));
      return;
    case "protect":
      await protect(input, identity);
      return;
    default:
      await openMessage(input, {
        identities: [identity],
        anchors: [trustAnchor(identity.certificate)],
        intermediates: [],
        at: new Date(),
      });
  }
}

function signing(identity: Identity, form: "clear" | "opaque"): SigningOptions {
  return { identity, form, signingTime: new Date() };
}

function encryption({ certificate }: Identity) {
  return {
    recipients: [certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
    headerPolicy: HEADER_POLICIES.none,
  } as const;
}

function protect(message: Uint8Array, identity: Identity): Promise<Uint8Array> {
  const options = { headerPolicy: HEADER_POLICIES.none, wrapsTwice: false };
  return protectMessage(message, {
    signing: signing(identity, "clear"),
    encryption: encryption(identity),
    ...options,
  });
}
