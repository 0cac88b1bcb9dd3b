import {
  asciiString,
  constructed,
  type Der,
  encode,
  encoded,
  explicit,
  implicitPrimitive,
  oid,
  sequence,
  setOf,
} from "../engine/asn1/writer.ts";
import { Tag } from "../engine/asn1/tag.ts";
import { utf8Bytes } from "../engine/bytes/text.ts";

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: "2.5.4.3",
  C: "2.5.4.6",
  L: "2.5.4.7",
  ST: "2.5.4.8",
  O: "2.5.4.10",
  OU: "2.5.4.11",
  DC: "0.9.2342.19200300.100.1.25",
  UID: "0.9.2342.19200300.100.1.1",
  emailAddress: "1.2.840.113549.1.9.1",
};

export function utf8String(text: string): Der {
  return constructed(Tag.Utf8String, encoded(utf8Bytes(text)));
}

/** A Name of `CN=Alice,O=Example,C=US`, last RDN first as in RFC 4514; values have no commas. Types may be OIDs. */
export function distinguishedName(text: string): Der {
  const rdns = text === "" ? [] : text.split(",").reverse();
  return sequence(
    ...rdns.map((rdn) => {
      const [type = "", value = ""] = rdn.trimStart().split("=");
      return setOf([sequence(oid(ATTRIBUTES[type] ?? type), attributeValue(type, value))]);
    }),
  );
}

function attributeValue(type: string, value: string): Der {
  if (type === "emailAddress" || type === "DC") return asciiString(Tag.Ia5String, value);
  return type === "C" ? asciiString(Tag.PrintableString, value) : utf8String(value);
}

/** GeneralName forms (RFC 5280 section 4.2.1.6). */
export function rfc822Name(address: string): Der {
  return implicitPrimitive(1, utf8Bytes(address));
}

export function dnsName(name: string): Der {
  return implicitPrimitive(2, utf8Bytes(name));
}

export function uri(text: string): Der {
  return implicitPrimitive(6, utf8Bytes(text));
}

export function directoryName(text: string): Der {
  return explicit(4, distinguishedName(text));
}

/** Octets of an address; in name constraints of an address and a mask. */
export function ipAddress(...octets: readonly number[]): Der {
  return implicitPrimitive(7, Uint8Array.from(octets));
}

export function otherName(typeId: string, value: Der): Der {
  return constructed(0xa0, oid(typeId), explicit(0, value));
}

/** SmtpUTF8Mailbox (RFC 9598 section 3) */
export function smtpUtf8Mailbox(address: string): Der {
  return otherName("1.3.6.1.5.5.7.8.9", utf8String(address));
}

export function registeredId(dotted: string): Der {
  return implicitPrimitive(8, encode(oid(dotted)).subarray(2));
}
