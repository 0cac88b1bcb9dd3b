import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { AddressView } from "../../messages/answers.ts";
import { shortName } from "../components/short-name.ts";

/** The address of a sender; a question mark where none could be read. */
export const addressOf = (address: AddressView | undefined): string => address?.address ?? "?";

/** The address that a certificate names; of several the one that the message is from. */
export function signerAddress(signer: SignerVerdict | null, from: readonly AddressView[]): string {
  const senders = new Set(from.map(({ address }) => address?.toLowerCase()));
  const emails = signer?.emails ?? [];
  return emails.find((email) => senders.has(email.toLowerCase())) ?? emails[0] ?? shortName(signer?.subject ?? null);
}
