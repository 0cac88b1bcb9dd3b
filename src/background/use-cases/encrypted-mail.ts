import type { ContactRow } from "../../storage/contacts.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { MailContext } from "../mail-context.ts";
import { contactAddress } from "./contact-certificate.ts";

/** Encrypted mail has gone between the person and this contact: the first one to them is no first one any more (H95). */
export const withEncryptedMail = (row: ContactRow, at: Date): ContactRow => ({
  ...row,
  encryptedSince: row.encryptedSince ?? at,
});

/** Remembers to whom encrypted mail has gone. Where it cannot be kept, the person is asked once more, and no more. */
export async function rememberEncryptedTo(
  addresses: readonly string[],
  { contacts, now }: Pick<MailContext, "contacts" | "now">,
): Promise<void> {
  const at = now();
  try {
    for (const address of new Set(addresses.flatMap((each) => contactAddress(each) ?? []))) {
      await contacts.change(address, (row) => row && withEncryptedMail(row, at));
    }
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
  }
}
