import type { RevocationInfo } from "../cms/revocation-info.ts";
import { SmimeError } from "../errors.ts";
import type { Certificate } from "../x509/certificate.ts";
import { readCertificateList } from "./certificate-list.ts";
import { readOcspResponse } from "./ocsp-response.ts";
import type { RevocationPolicy } from "./revocation-policy.ts";

/** What came with a signature, and may help to say whether its signer's certificate is revoked. */
interface MessageEvidence {
  readonly certificates: readonly Certificate[];
  readonly revocationInfo: RevocationInfo;
}

/** Those of a message that can be read: a broken one says nothing of anybody. */
function readable<T>(octets: readonly Uint8Array[], read: (der: Uint8Array) => T): T[] {
  return octets.flatMap((der) => {
    try {
      return [read(der)];
    } catch (error) {
      if (error instanceof SmimeError) return [];
      throw error;
    }
  });
}

/**
 * The evidence at hand, with what came with the message: lists, responses, and candidates for their issuers. All of it is
 * verified like any other, and a newer list comes before it, so that a sender's own, older one takes nothing back.
 */
export function withMessageEvidence(policy: RevocationPolicy, message: MessageEvidence): RevocationPolicy {
  if (policy.mode === "off") return policy;
  const { mode, evidence } = policy;
  const { crls, ocspResponses } = message.revocationInfo;
  const answers = readable(ocspResponses, readOcspResponse);
  return {
    mode,
    evidence: {
      crls: [...evidence.crls, ...readable(crls, readCertificateList)],
      ocspResponses: [...evidence.ocspResponses, ...answers.map((response) => ({ response, requestNonce: null }))],
      certificates: [...evidence.certificates, ...message.certificates],
    },
  };
}
