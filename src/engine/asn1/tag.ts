/** Identifier octets of the universal types that S/MIME uses (X.680 section 8), constructed bit included. */
export const Tag = {
  Boolean: 0x01,
  Integer: 0x02,
  BitString: 0x03,
  OctetString: 0x04,
  Null: 0x05,
  ObjectIdentifier: 0x06,
  Enumerated: 0x0a,
  Utf8String: 0x0c,
  NumericString: 0x12,
  PrintableString: 0x13,
  TeletexString: 0x14,
  Ia5String: 0x16,
  UtcTime: 0x17,
  GeneralizedTime: 0x18,
  VisibleString: 0x1a,
  UniversalString: 0x1c,
  BmpString: 0x1e,
  Sequence: 0x30,
  Set: 0x31,
} as const;

/** Identifier octet of a context-specific tag whose value is primitive, as IMPLICIT makes it for simple types. */
export function contextPrimitive(number: number): number {
  return 0x80 | number;
}

/** Identifier octet of a context-specific tag whose value is constructed: EXPLICIT, or IMPLICIT of SEQUENCE or SET. */
export function contextConstructed(number: number): number {
  return 0xa0 | number;
}
