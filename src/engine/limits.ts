/** Every limit that the parsers hold, with where the number comes from. Sizes in bytes. */

/** Larger than any mail a provider accepts (Gmail 25 MB, Exchange at most 150 MB after encoding), with room. */
export const MAX_MESSAGE_SIZE = 256 * 1024 * 1024;

/** S/MIME layers inside one another. A triple wrap has three; header-protection wrappers and gateways add a few. */
export const MAX_SMIME_LAYERS = 8;

/** S/MIME parts below the root that are opened, each with a private-key operation: a digest has dozens of mails. */
export const MAX_OPENED_PARTS = 100;

/**
 * What compressed data may become, times its own size, however often it is compressed again inside. Text becomes 3 to 20
 * times as large, logs 100 times, and ZLIB's most is 1032, which only a bomb comes near (attack 58).
 */
export const MAX_COMPRESSION_RATIO = 256;

/** Below this no ratio is looked at: a few octets of nothing but blanks are no bomb. */
export const MIN_DECOMPRESSED_LIMIT = 1024 * 1024;

/** MIME parts inside one another. Thunderbird stops near 100; real mail stays under 20. */
export const MAX_MIME_DEPTH = 64;

/** MIME parts in one message. A digest of a busy list has a few hundred. */
export const MAX_MIME_PARTS = 10_000;

/** Header fields of one entity; mail that went through many relays has about 200. */
export const MAX_HEADER_FIELDS = 10_000;

/** All header fields of one entity together. Postfix refuses at 102,400 by default, Exchange at 256 kB. */
export const MAX_HEADER_SIZE = 1024 * 1024;

/** Addresses in one header field. Exchange allows 5,000 recipients in a message. */
export const MAX_ADDRESSES = 10_000;

/** ASN.1 values inside one another. A triple-nested CMS with certificates stays under 40. */
export const MAX_ASN1_DEPTH = 64;

/** ASN.1 values in one structure: a 256 MiB message in OpenSSL's 4 KiB pieces has 65,536. */
export const MAX_ASN1_NODES = 1_000_000;

/** Octets of an OBJECT IDENTIFIER: the longest in use have about 20. */
export const MAX_OID_LENGTH = 64;

/** One certificate. The largest ML-DSA and SLH-DSA certificates come near 60 kB; hostile ones grow without end. */
export const MAX_CERTIFICATE_SIZE = 1024 * 1024;

/** Certificates carried in one CMS structure; a full chain has 2 to 5. */
export const MAX_CMS_CERTIFICATES = 1_000;

/** Lists and OCSP responses carried in one CMS structure; signatures made to last have one for each of the chain. */
export const MAX_CMS_REVOCATION_INFO = 100;

/** SignerInfos in one SignedData; two algorithms in parallel make 2, contracts signed by many make dozens. */
export const MAX_SIGNERS = 64;

/** Countersignatures of one SignerInfo that are verified. Notaries and time stamps add one or two. */
export const MAX_COUNTER_SIGNATURES = 4;

/** RecipientInfos in one EnvelopedData: Exchange allows 5,000 recipients, some with two keys. */
export const MAX_RECIPIENT_INFOS = 10_000;

/** RecipientInfos of one message that are tried with own keys; a person is named once for each certificate. */
export const MAX_DECRYPTION_ATTEMPTS = 16;

/** RSA modulus in bits. Nothing larger than 16384 is in use, and verification grows with its square. */
export const MAX_RSA_BITS = 16_384;

/** RSA public exponent in bits; WebCrypto implementations take no more than 32 to 64. */
export const MAX_RSA_EXPONENT_BITS = 64;

/** Signature verifications that building one certificate path may cost; webpki's figure is 100. */
export const MAX_PATH_SIGNATURE_CHECKS = 100;

/** The same for each further signer of one text, whose paths are built together: chains have 2 to 5 certificates. */
export const PATH_SIGNATURE_CHECKS_PER_SIGNER = 4;

/** Candidate certificates looked at while one path is built; webpki's figure is 200,000 for name comparisons. */
export const MAX_PATH_STEPS = 10_000;

/** Certificates in one path without the anchor; RFC 5280 sets none, webpki holds 6, the field stays under 5. */
export const MAX_PATH_LENGTH = 8;

/** Name-constraint comparisons in one path; webpki's figure is 250,000. */
export const MAX_NAME_COMPARISONS = 100_000;

/** Certificate policies or policy mappings in one certificate; OpenSSL gives up at 1,000 nodes, the field stays under 20. */
export const MAX_POLICIES = 1_000;

/** One CRL. A list of a million entries with reasons has some 50 MB; the largest in the field have under 100. */
export const MAX_CRL_SIZE = 256 * 1024 * 1024;

/** One OCSP response: a single answer with the responder's chain has 2 to 6 kB, one for a whole list still under 1 MB. */
export const MAX_OCSP_SIZE = 4 * 1024 * 1024;

/** How long an OCSP response without nextUpdate counts: browsers' figure; no public issuer may let one hold ten days. */
export const MAX_OCSP_AGE_MS = 7 * 24 * 60 * 60 * 1000;

/** PBKDF2 or PKCS#12 iterations; OWASP's advice for 2026 is 600,000, and 10 million take some ten seconds. */
export const MAX_KDF_ITERATIONS = 10_000_000;

/** The same for all derivations of one file: a hundred keys at 600,000 each stay under, thousands of bags do not. */
export const MAX_KDF_ITERATIONS_PER_FILE = 100_000_000;

/** SafeBags in one PKCS#12 file; a key history of decades has some dozens. */
export const MAX_SAFE_BAGS = 10_000;

/** One PKCS#12, P7B, PEM or SST file. Mozilla's whole e-mail root list is under 300 kB. */
export const MAX_CONTAINER_SIZE = 16 * 1024 * 1024;

/** Certificates read from one container file. */
export const MAX_CONTAINER_CERTIFICATES = 10_000;
