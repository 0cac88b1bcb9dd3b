import { equalBytes } from "../bytes/equal.ts";
import type { Certificate } from "./certificate.ts";

/**
 * What a person has decided of one certificate and one address: whoever holds its key writes from it. Where the
 * certificate names the address itself, the person vouches in an issuer's place; where it does not, the person has
 * linked both. It says nothing of any other certificate, were it of the same name and issuer, nor of any other address.
 */
export interface PersonDecision {
  /** DER. */
  readonly certificate: Uint8Array;
  /** addr-spec. */
  readonly address: string;
}

/** The addresses that a person has decided this certificate to speak for. */
export function decidedAddresses({ der }: Certificate, decisions: readonly PersonDecision[]): readonly string[] {
  return decisions.filter(({ certificate }) => equalBytes(certificate, der)).map(({ address }) => address);
}
