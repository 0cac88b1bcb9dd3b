import { Tag } from "../asn1/tag.ts";
import type { Tlv } from "../asn1/tlv.ts";
import { latin1Text, utf8Text } from "../bytes/text.ts";

/**
 * Text of a DirectoryString or another ASN.1 string (RFC 5280 section 4.1.2.4, X.680 section 41); `null` for a value
 * of another type and for bytes that are no text. TeletexString is read as ISO 8859-1, as the field writes it.
 */
export function decodeString({ tag, content }: Tlv): string | null {
  switch (tag) {
    case Tag.Utf8String:
      return utf8Text(content);
    case Tag.PrintableString:
    case Tag.NumericString:
    case Tag.Ia5String:
    case Tag.VisibleString:
    case Tag.TeletexString:
      return latin1Text(content);
    case Tag.BmpString:
      return fixedWidthText(content, 2);
    case Tag.UniversalString:
      return fixedWidthText(content, 4);
    default:
      return null;
  }
}

/** Big-endian code units of two or four octets. */
function fixedWidthText(content: Uint8Array, width: 2 | 4): string | null {
  if (content.length % width !== 0) return null;
  let text = "";
  for (let i = 0; i < content.length; i += width) {
    let unit = 0;
    for (let j = 0; j < width; j++) unit = unit * 256 + (content[i + j] ?? 0);
    if (unit > 0x10ffff) return null;
    text += width === 2 ? String.fromCharCode(unit) : String.fromCodePoint(unit);
  }
  return text.isWellFormed() ? text : null;
}
