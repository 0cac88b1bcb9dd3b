/** Object identifiers by the names that their RFCs give them. */

/** RFC 5652, 5083, 5751 and 3274: content types. */
export const ContentType = {
  data: "1.2.840.113549.1.7.1",
  signedData: "1.2.840.113549.1.7.2",
  envelopedData: "1.2.840.113549.1.7.3",
  digestedData: "1.2.840.113549.1.7.5",
  encryptedData: "1.2.840.113549.1.7.6",
  authEnvelopedData: "1.2.840.113549.1.9.16.1.23",
  compressedData: "1.2.840.113549.1.9.16.1.9",
} as const;

/** RFC 5652 section 11, RFC 8551 section 2.5, RFC 5035, RFC 6211: attributes. */
export const Attribute = {
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingTime: "1.2.840.113549.1.9.5",
  smimeCapabilities: "1.2.840.113549.1.9.15",
  smimeEncryptionKeyPreference: "1.2.840.113549.1.9.16.2.11",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  cmsAlgorithmProtection: "1.2.840.113549.1.9.52",
} as const;

/** RFC 5754 section 2, RFC 3370 section 2. */
export const Digest = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
} as const;

/** RFC 4055, 5754, 5480, 8410. */
export const PublicKey = {
  rsaEncryption: "1.2.840.113549.1.1.1",
  rsaesOaep: "1.2.840.113549.1.1.7",
  mgf1: "1.2.840.113549.1.1.8",
  pSpecified: "1.2.840.113549.1.1.9",
  rsassaPss: "1.2.840.113549.1.1.10",
  ecPublicKey: "1.2.840.10045.2.1",
} as const;

export const Signature = {
  md5WithRsa: "1.2.840.113549.1.1.4",
  sha1WithRsa: "1.2.840.113549.1.1.5",
  /** An older name of the same, in OIW's arc; Microsoft's tools wrote it. */
  sha1WithRsaOiw: "1.3.14.3.2.29",
  sha224WithRsa: "1.2.840.113549.1.1.14",
  sha256WithRsa: "1.2.840.113549.1.1.11",
  sha384WithRsa: "1.2.840.113549.1.1.12",
  sha512WithRsa: "1.2.840.113549.1.1.13",
  ecdsaWithSha1: "1.2.840.10045.4.1",
  ecdsaWithSha224: "1.2.840.10045.4.3.1",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  ecdsaWithSha384: "1.2.840.10045.4.3.3",
  ecdsaWithSha512: "1.2.840.10045.4.3.4",
} as const;

/** RFC 5480 section 2.1.1.1. */
export const Curve = {
  p256: "1.2.840.10045.3.1.7",
  p384: "1.3.132.0.34",
  p521: "1.3.132.0.35",
} as const;

/** RFC 3565, 5084, 3370. */
export const Cipher = {
  aes128Cbc: "2.16.840.1.101.3.4.1.2",
  aes192Cbc: "2.16.840.1.101.3.4.1.22",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
  aes128Gcm: "2.16.840.1.101.3.4.1.6",
  aes192Gcm: "2.16.840.1.101.3.4.1.26",
  aes256Gcm: "2.16.840.1.101.3.4.1.46",
  desEde3Cbc: "1.2.840.113549.3.7",
  rc2Cbc: "1.2.840.113549.3.2",
  aes128Wrap: "2.16.840.1.101.3.4.1.5",
  aes192Wrap: "2.16.840.1.101.3.4.1.25",
  aes256Wrap: "2.16.840.1.101.3.4.1.45",
} as const;

/** RFC 5753 section 7.1.4: standard ECDH with the X9.63 KDF. */
export const KeyAgreement = {
  dhSinglePassStdDhSha1Kdf: "1.3.133.16.840.63.0.2",
  dhSinglePassStdDhSha224Kdf: "1.3.132.1.11.0",
  dhSinglePassStdDhSha256Kdf: "1.3.132.1.11.1",
  dhSinglePassStdDhSha384Kdf: "1.3.132.1.11.2",
  dhSinglePassStdDhSha512Kdf: "1.3.132.1.11.3",
} as const;
