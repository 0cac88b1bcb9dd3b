import { type Entity, isEmbeddedMessage } from "../mime/entity.ts";
import { type HeaderField, type HeaderOwner, fields } from "../mime/header-field.ts";
import { originator } from "../mime/originator.ts";
import { leafText } from "../mime/transfer-encoding.ts";
import { isStructural } from "./message-header.ts";
import { claimsCms, multipartSignedParts } from "./smime-part.ts";

/** A header field, unfolded. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** What the innermost entity protects of the message's header, and what is to be shown as the message. */
export interface ProtectedHeader extends HeaderOwner {
  /**
   * `hp` of RFC 9788; `protected-headers="v1"` of draft-autocrypt-lamps-protected-headers; the whole message wrapped
   * as message/rfc822 (RFC 8551 section 3.1, RFC 9788 section 4.10).
   */
  readonly scheme: "hp" | "protected-headers" | "wrapped-message";
  /** What the sender made: `cipher` under encryption, `clear` under a signature alone; older schemes do not say. */
  readonly intent: "clear" | "cipher" | null;
  /** What the sender says that stood outside when it was sent (HP-Outer); `null` where nothing is said. */
  readonly toldOuter: HeaderOwner | null;
  /** The same, or where nothing is said what stands outside now, which a server may have arranged (section 4.10.2). */
  readonly outside: readonly NamedValue[];
  /** What is shown: the entity itself, the message wrapped in it, or it without its copy of the header. */
  readonly body: Entity;
}

/**
 * The header that the innermost entity of a message protects; `null` where none is.
 *
 * @param outer the header outside of all layers
 */
export function readProtectedHeader(content: Entity, outer: HeaderOwner): ProtectedHeader | null {
  const { parameters } = content.contentType;
  const hp = parameters.get("hp")?.toLowerCase();
  const found =
    hp === "clear" || hp === "cipher"
      ? readHp(content, hp)
      : parameters.get("protected-headers")?.toLowerCase() === "v1"
        ? readVersion1(content)
        : readWrapped(content, outer);
  if (!found || found.header.length === 0) return null;
  return { ...found, outside: (found.toldOuter ?? outer).header.filter((field) => !isStructural(field)) };
}

type Found = Omit<ProtectedHeader, "outside">;

/** RFC 9788 section 4.3: the fields of the payload, but those of its structure and HP-Outer. */
function readHp(content: Entity, intent: "clear" | "cipher"): Found {
  const toldOuter = intent === "cipher" ? { header: fields(content, "hp-outer").flatMap(readHpOuter) } : null;
  return { scheme: "hp", intent, header: messageFields(content), toldOuter, body: content };
}

function messageFields(owner: HeaderOwner): HeaderField[] {
  return owner.header.filter((field) => !isStructural(field) && field.name.toLowerCase() !== "hp-outer");
}

/** `HP-Outer: name: value` (RFC 9788 section 2.2) */
function readHpOuter({ raw, rawValue, value }: HeaderField): HeaderField[] {
  const colon = value.indexOf(":");
  if (colon <= 0) return [];
  const name = value.slice(0, colon).trimEnd();
  return [{ name, raw, rawValue: rawValue.subarray(rawValue.indexOf(0x3a) + 1), value: value.slice(colon + 1).trim() }];
}

function readVersion1(content: Entity): Found {
  const header = messageFields(content);
  const body = withoutHeaderCopy(content, header);
  return { scheme: "protected-headers", intent: null, header, toldOuter: null, body };
}

/**
 * The second part of a multipart/mixed whose first repeats the protected fields for older readers (draft-autocrypt
 * section 5.2.1). One that says anything else is shown.
 */
function withoutHeaderCopy(content: Entity, header: readonly HeaderField[]): Entity {
  const [copy, body, ...others] = content.children;
  if (content.contentType.type !== "multipart/mixed" || !copy || !body || others.length > 0) return content;
  const { type, parameters } = copy.contentType;
  const isCopy =
    (type === "text/plain" || type === "text/rfc822-headers") && parameters.get("protected-headers") === "v1";
  const known = new Set(header.map(({ name, value }) => `${name.toLowerCase()}: ${value}`));
  const repeats = (line: string): boolean => {
    const [name = "", ...value] = line.split(":");
    return known.has(`${name.trim().toLowerCase()}: ${value.join(":").trim()}`);
  };
  const lines = leafText(copy)
    .replace(/\r?\n(?=[ \t])/g, "")
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return isCopy && lines.every(repeats) ? body : content;
}

/**
 * A wrapped message that is the message itself, and not one that is passed on (RFC 9788 section 4.10.1): no attachment,
 * and from whom the message is from outside, or marked `forwarded=no` (RFC 8551 section 3.1). What is S/MIME again
 * inside it is another message.
 */
function readWrapped(content: Entity, outer: HeaderOwner): Found | null {
  const [wrapped] = content.children;
  if (!wrapped || !isEmbeddedMessage(content.contentType) || content.disposition.type === "attachment") return null;
  if (multipartSignedParts(wrapped) || claimsCms(wrapped) !== "no") return null;
  const header = messageFields(wrapped);
  const isOwn = content.contentType.parameters.get("forwarded")?.toLowerCase() === "no" || sameFrom(wrapped, outer);
  if (!isOwn) return null;
  return { scheme: "wrapped-message", intent: null, header, toldOuter: null, body: wrapped };
}

function sameFrom(a: HeaderOwner, b: HeaderOwner): boolean {
  const [own, other] = [originator(a, "from"), originator(b, "from")];
  if (own.status !== "present" || other.status !== "present") return false;
  const addresses = ({ mailboxes }: typeof own): string =>
    mailboxes
      .map(({ address }) => address.toLowerCase())
      .sort()
      .join();
  return addresses(own) === addresses(other);
}

/** What holds for one field (RFC 9788 section 4.3): servers could change it, or read it, or neither. */
export type FieldStatus = "unprotected" | "signed" | "encrypted" | "signed+encrypted";

/** The status of each protected field: one that stood outside as well is not confidential. */
export function fieldStatuses(
  { header, outside }: ProtectedHeader,
  { isSigned, isEncrypted }: { readonly isSigned: boolean; readonly isEncrypted: boolean },
): readonly (NamedValue & { readonly status: FieldStatus })[] {
  const shown = new Set(outside.map(fieldKey));
  return header.map(({ name, value }) => {
    const isHidden = isEncrypted && !shown.has(fieldKey({ name, value }));
    if (isHidden) return { name, value, status: isSigned ? "signed+encrypted" : "encrypted" };
    return { name, value, status: isSigned ? "signed" : "unprotected" };
  });
}

/** No field name has a colon in it. */
function fieldKey({ name, value }: NamedValue): string {
  return `${name.toLowerCase()}:${value}`;
}
