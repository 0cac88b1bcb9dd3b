import { HEADER_POLICIES } from "../../../src/engine/smime/header-policy.ts";
import { encryptMessage, protectMessage, signMessage } from "../../../src/engine/smime/protect.ts";
import { type KeyKind, identity, messageFrom, textOf } from "../pki.ts";
import type { Row } from "./rows.ts";

const LINE = `${"What was said is said again. ".repeat(2)}\r\n`;
const SIZES = { "5 MB": 5_000_000 } as const;

export async function writeRow(row: Row): Promise<Uint8Array> {
  const { wrapsTwice = false } = row;
  const headerPolicy = row.hidesSubject === true ? HEADER_POLICIES.baseline : HEADER_POLICIES.none;
  const message = new TextEncoder().encode(messageFrom(authorOf(row), bulkOf(row)));
  const signing = row.signing && {
    ...row.signing,
    identity: await identity(row.signing.kind),
    signingTime: new Date(),
  };
  const encryption = row.encryption && {
    ...row.encryption,
    recipients: [(await identity(row.encryption.kind)).certificate],
  };
  if (signing && encryption) return protectMessage(message, { signing, encryption, headerPolicy, wrapsTwice });
  if (encryption) return encryptMessage(message, { ...encryption, headerPolicy });
  if (signing) return signMessage(message, signing);
  throw new Error(`${row.name} is neither signed nor encrypted`);
}

/** What whoever opens the row reads. */
export function textOfRow(row: Row): string {
  return textOf(authorOf(row), bulkOf(row));
}

function authorOf(row: Row): KeyKind {
  return row.signing?.kind ?? row.encryption?.kind ?? "rsa2048";
}

function bulkOf({ size }: Row): string {
  return size ? LINE.repeat(Math.ceil(SIZES[size] / LINE.length)) : "";
}
