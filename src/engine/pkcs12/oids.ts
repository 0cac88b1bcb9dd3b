/** RFC 7292 appendix C: password-based encryption that derives with appendix B. */
export const Pbe = {
  sha1And128BitRc4: "1.2.840.113549.1.12.1.1",
  sha1And40BitRc4: "1.2.840.113549.1.12.1.2",
  sha1And3KeyTripleDes: "1.2.840.113549.1.12.1.3",
  sha1And2KeyTripleDes: "1.2.840.113549.1.12.1.4",
  sha1And128BitRc2: "1.2.840.113549.1.12.1.5",
  sha1And40BitRc2: "1.2.840.113549.1.12.1.6",
} as const;

/** RFC 8018 appendices A and B, RFC 9579. */
export const Pkcs5 = {
  pbkdf2: "1.2.840.113549.1.5.12",
  pbes2: "1.2.840.113549.1.5.13",
  pbmac1: "1.2.840.113549.1.5.14",
} as const;

/** RFC 7292 section 4.2. */
export const Bag = {
  key: "1.2.840.113549.1.12.10.1.1",
  shroudedKey: "1.2.840.113549.1.12.10.1.2",
  certificate: "1.2.840.113549.1.12.10.1.3",
  safeContents: "1.2.840.113549.1.12.10.1.6",
} as const;

/** RFC 2985 sections 5.5.1, 5.5.2 and 6.6.2 name them; RFC 7292 section 4.2 uses them. */
export const BagAttribute = {
  friendlyName: "1.2.840.113549.1.9.20",
  localKeyId: "1.2.840.113549.1.9.21",
} as const;

export const X509_CERTIFICATE = "1.2.840.113549.1.9.22.1";
