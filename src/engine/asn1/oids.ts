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
  counterSignature: "1.2.840.113549.1.9.6",
  smimeCapabilities: "1.2.840.113549.1.9.15",
  smimeEncryptionKeyPreference: "1.2.840.113549.1.9.16.2.11",
  signingCertificate: "1.2.840.113549.1.9.16.2.12",
  signingCertificateV2: "1.2.840.113549.1.9.16.2.47",
  cmsAlgorithmProtection: "1.2.840.113549.1.9.52",
} as const;

/** RFC 5754 section 2, RFC 3370 section 2; RFC 8702 section 3 and NIST's register for SHA-3; RIPEMD-160 is TeleTrusT's. */
export const Digest = {
  md5: "1.2.840.113549.2.5",
  sha1: "1.3.14.3.2.26",
  ripemd160: "1.3.36.3.2.1",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  sha512With224: "2.16.840.1.101.3.4.2.5",
  sha512With256: "2.16.840.1.101.3.4.2.6",
  sha3With224: "2.16.840.1.101.3.4.2.7",
  sha3With256: "2.16.840.1.101.3.4.2.8",
  sha3With384: "2.16.840.1.101.3.4.2.9",
  sha3With512: "2.16.840.1.101.3.4.2.10",
  shake128: "2.16.840.1.101.3.4.2.11",
  shake256: "2.16.840.1.101.3.4.2.12",
  /** With the output's length as parameter (RFC 8419 section 3.1). */
  shake256Len: "2.16.840.1.101.3.4.2.18",
} as const;

/** RFC 4055, 5754, 5480, 8410. */
export const PublicKey = {
  rsaEncryption: "1.2.840.113549.1.1.1",
  rsaesOaep: "1.2.840.113549.1.1.7",
  mgf1: "1.2.840.113549.1.1.8",
  pSpecified: "1.2.840.113549.1.1.9",
  rsassaPss: "1.2.840.113549.1.1.10",
  ecPublicKey: "1.2.840.10045.2.1",
  x25519: "1.3.101.110",
  x448: "1.3.101.111",
  ed25519: "1.3.101.112",
  ed448: "1.3.101.113",
} as const;

/** RFC 3279, 4055, 5754, 5758; RFC 8702 and NIST's register for SHA-3. */
export const Signature = {
  md5WithRsa: "1.2.840.113549.1.1.4",
  sha1WithRsa: "1.2.840.113549.1.1.5",
  /** An older name of the same, in OIW's arc; Microsoft's tools wrote it. */
  sha1WithRsaOiw: "1.3.14.3.2.29",
  sha224WithRsa: "1.2.840.113549.1.1.14",
  sha256WithRsa: "1.2.840.113549.1.1.11",
  sha384WithRsa: "1.2.840.113549.1.1.12",
  sha512WithRsa: "1.2.840.113549.1.1.13",
  sha512With224WithRsa: "1.2.840.113549.1.1.15",
  sha512With256WithRsa: "1.2.840.113549.1.1.16",
  ripemd160WithRsa: "1.3.36.3.3.1.2",
  sha3With224WithRsa: "2.16.840.1.101.3.4.3.13",
  sha3With256WithRsa: "2.16.840.1.101.3.4.3.14",
  sha3With384WithRsa: "2.16.840.1.101.3.4.3.15",
  sha3With512WithRsa: "2.16.840.1.101.3.4.3.16",
  rsassaPssShake128: "1.3.6.1.5.5.7.6.30",
  rsassaPssShake256: "1.3.6.1.5.5.7.6.31",
  /** X9.62's, whose digest is the key's or in the parameters; gpgsm wrote the second without them. */
  ecdsaWithRecommended: "1.2.840.10045.4.2",
  ecdsaWithSpecified: "1.2.840.10045.4.3",
  ecdsaWithSha1: "1.2.840.10045.4.1",
  ecdsaWithSha224: "1.2.840.10045.4.3.1",
  ecdsaWithSha256: "1.2.840.10045.4.3.2",
  ecdsaWithSha384: "1.2.840.10045.4.3.3",
  ecdsaWithSha512: "1.2.840.10045.4.3.4",
  ecdsaWithSha3With224: "2.16.840.1.101.3.4.3.9",
  ecdsaWithSha3With256: "2.16.840.1.101.3.4.3.10",
  ecdsaWithSha3With384: "2.16.840.1.101.3.4.3.11",
  ecdsaWithSha3With512: "2.16.840.1.101.3.4.3.12",
  ecdsaWithShake128: "1.3.6.1.5.5.7.6.32",
  ecdsaWithShake256: "1.3.6.1.5.5.7.6.33",
} as const;

/** RFC 5480 section 2.1.1.1, RFC 5639 section 4.1, SEC 2. */
export const Curve = {
  p256: "1.2.840.10045.3.1.7",
  p384: "1.3.132.0.34",
  p521: "1.3.132.0.35",
  brainpoolP256r1: "1.3.36.3.3.2.8.1.1.7",
  brainpoolP384r1: "1.3.36.3.3.2.8.1.1.11",
  brainpoolP512r1: "1.3.36.3.3.2.8.1.1.13",
  secp256k1: "1.3.132.0.10",
} as const;

/** RFC 3565, 5084, 3370, 3217, 5649, 3211, 9709. */
export const Cipher = {
  aes128Cbc: "2.16.840.1.101.3.4.1.2",
  aes192Cbc: "2.16.840.1.101.3.4.1.22",
  aes256Cbc: "2.16.840.1.101.3.4.1.42",
  aes128Gcm: "2.16.840.1.101.3.4.1.6",
  aes192Gcm: "2.16.840.1.101.3.4.1.26",
  aes256Gcm: "2.16.840.1.101.3.4.1.46",
  aes128Ccm: "2.16.840.1.101.3.4.1.7",
  aes192Ccm: "2.16.840.1.101.3.4.1.27",
  aes256Ccm: "2.16.840.1.101.3.4.1.47",
  desEde3Cbc: "1.2.840.113549.3.7",
  desCbc: "1.3.14.3.2.7",
  rc2Cbc: "1.2.840.113549.3.2",
  /** The content's key is derived from the one that was sent, and from the cipher in the parameters. */
  cekHkdfSha256: "1.2.840.113549.1.9.16.3.31",
  aes128Wrap: "2.16.840.1.101.3.4.1.5",
  aes192Wrap: "2.16.840.1.101.3.4.1.25",
  aes256Wrap: "2.16.840.1.101.3.4.1.45",
  aes128WrapPad: "2.16.840.1.101.3.4.1.8",
  aes192WrapPad: "2.16.840.1.101.3.4.1.28",
  aes256WrapPad: "2.16.840.1.101.3.4.1.48",
  tripleDesWrap: "1.2.840.113549.1.9.16.3.6",
  pwriKek: "1.2.840.113549.1.9.16.3.9",
} as const;

/** RFC 3274 section 2. */
export const Compression = { zlib: "1.2.840.113549.1.9.16.3.8" } as const;

/** RFC 5753 section 7.1.4: standard and co-factor ECDH with the X9.63 KDF; RFC 8418 section 2: with HKDF. */
export const KeyAgreement = {
  dhSinglePassStdDhSha1Kdf: "1.3.133.16.840.63.0.2",
  dhSinglePassStdDhSha224Kdf: "1.3.132.1.11.0",
  dhSinglePassStdDhSha256Kdf: "1.3.132.1.11.1",
  dhSinglePassStdDhSha384Kdf: "1.3.132.1.11.2",
  dhSinglePassStdDhSha512Kdf: "1.3.132.1.11.3",
  dhSinglePassCofactorDhSha1Kdf: "1.3.133.16.840.63.0.3",
  dhSinglePassCofactorDhSha224Kdf: "1.3.132.1.14.0",
  dhSinglePassCofactorDhSha256Kdf: "1.3.132.1.14.1",
  dhSinglePassCofactorDhSha384Kdf: "1.3.132.1.14.2",
  dhSinglePassCofactorDhSha512Kdf: "1.3.132.1.14.3",
  dhSinglePassStdDhHkdfSha256: "1.2.840.113549.1.9.16.3.19",
  dhSinglePassStdDhHkdfSha384: "1.2.840.113549.1.9.16.3.20",
  dhSinglePassStdDhHkdfSha512: "1.2.840.113549.1.9.16.3.21",
} as const;
