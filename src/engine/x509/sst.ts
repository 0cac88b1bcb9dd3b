import { SmimeError } from "../errors.ts";
import { MAX_CONTAINER_CERTIFICATES } from "../limits.ts";

/**
 * Microsoft's serialized certificate store, which `Export-Certificate -Type SST` writes and Exchange takes as the list
 * of trusted S/MIME authorities (MS-OSHARED sections 2.3.9.1 and 2.3.2.5.1 to .4). All numbers are little-endian:
 *
 *     header    u32 version = 0, u32 type = "CERT"
 *     element*  u32 id, u32 encodingType, u32 length, octets
 *     end       u32 id = 0, u32 0, u32 0
 */
const HEADER = Uint8Array.of(0, 0, 0, 0, 0x43, 0x45, 0x52, 0x54);
const ELEMENT_HEADER = 12;

const END = 0;
const CERTIFICATE = 0x20;
/** Ids above are reserved for applications and are not written into stores. */
const LAST_ID = 0xffff;

/** X509_ASN_ENCODING, in the lower half; the upper half says how messages are encoded. */
const X509_ASN = 1;

/** Elements of a store: Windows writes up to a dozen properties (names, hashes, key locations) with a certificate. */
const MAX_ELEMENTS = 32 * MAX_CONTAINER_CERTIFICATES;

export function isSerializedStore(bytes: Uint8Array): boolean {
  return bytes.length >= HEADER.length && HEADER.every((octet, i) => bytes[i] === octet);
}

/**
 * DER of the certificates of a serialized store. Revocation lists (0x21), trust lists (0x22) and properties are passed
 * over unread: properties can name, or hold, private keys.
 *
 * @throws {SmimeError} `malformed.sst`, `limit.exceeded`
 */
export function readSerializedStore(sst: Uint8Array): Uint8Array[] {
  if (!isSerializedStore(sst)) throw new SmimeError("malformed.sst", { reason: "header" });
  const view = new DataView(sst.buffer, sst.byteOffset, sst.byteLength);
  const certificates: Uint8Array[] = [];
  let offset = HEADER.length;
  for (let elements = 0; elements < MAX_ELEMENTS; elements++) {
    if (offset + ELEMENT_HEADER > sst.length) throw new SmimeError("malformed.sst", { reason: "truncated", offset });
    const id = view.getUint32(offset, true);
    const encodingType = view.getUint32(offset + 4, true);
    const length = view.getUint32(offset + 8, true);
    const start = offset + ELEMENT_HEADER;
    if (length > sst.length - start) throw new SmimeError("malformed.sst", { reason: "length", offset });
    if (id === END) {
      if (encodingType !== 0 || length !== 0) throw new SmimeError("malformed.sst", { reason: "end", offset });
      if (start !== sst.length) throw new SmimeError("malformed.sst", { reason: "trailing-data", offset: start });
      return certificates;
    }
    if (id > LAST_ID) throw new SmimeError("malformed.sst", { reason: "element-id", offset });
    if (id === CERTIFICATE) {
      if ((encodingType & 0xffff) !== X509_ASN) throw new SmimeError("malformed.sst", { reason: "encoding", offset });
      if (certificates.length >= MAX_CONTAINER_CERTIFICATES) {
        throw new SmimeError("limit.exceeded", { limit: "container-certificates" });
      }
      certificates.push(sst.subarray(start, start + length));
    }
    offset = start + length;
  }
  throw new SmimeError("limit.exceeded", { limit: "sst-elements" });
}
