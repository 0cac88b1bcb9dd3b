import { SmimeError } from "../errors.ts";
import { hasPemBlock, readFileText, readPemBlocks } from "../x509/pem.ts";
import { type CertificateList, readCertificateList } from "./certificate-list.ts";
import { type OcspResponse, readOcspResponse } from "./ocsp-response.ts";

/** RFC 7468 section 6, and what older tools wrote. */
const CRL_LABELS: ReadonlySet<string> = new Set(["X509 CRL", "CRL"]);

/**
 * The CRLs of a file in DER, or in PEM with any number of blocks; blocks of other labels are passed over.
 *
 * @throws {SmimeError} `malformed.crl`, `malformed.pem`
 */
export function readCrlFile(file: Uint8Array): readonly CertificateList[] {
  if (!isPem(file)) return [readCertificateList(file)];
  const blocks = readPemBlocks(file).filter(({ label }) => CRL_LABELS.has(label));
  if (blocks.length === 0) throw new SmimeError("malformed.crl", { reason: "no-crl" });
  return blocks.map(({ der }) => readCertificateList(der));
}

/**
 * The OCSP response of a file in DER, or in PEM.
 *
 * @throws {SmimeError} `malformed.ocsp`, `malformed.pem`
 */
export function readOcspFile(file: Uint8Array): OcspResponse {
  if (!isPem(file)) return readOcspResponse(file);
  const block = readPemBlocks(file).find(({ label }) => label === "OCSP RESPONSE");
  if (!block) throw new SmimeError("malformed.ocsp", { reason: "no-response" });
  return readOcspResponse(block.der);
}

/** DER begins with a SEQUENCE; armour does not. */
function isPem(file: Uint8Array): boolean {
  return file[0] !== 0x30 && hasPemBlock(readFileText(file));
}
