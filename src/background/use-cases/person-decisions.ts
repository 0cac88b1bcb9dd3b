import { parseCertificate } from "../../engine/x509/certificate.ts";
import { certificateEmails } from "../../engine/x509/email-addresses.ts";
import { parseMailbox } from "../../engine/x509/mailbox.ts";
import type { PersonView } from "../../messages/page-answers.ts";
import { MAX_ADDRESS_LENGTH } from "../../storage/contacts.ts";
import type { PersonRow } from "../../storage/people.ts";
import { StorageError } from "../../storage/storage-error.ts";
import type { PageContext } from "../page-context.ts";
import { Refusal } from "../refusal.ts";
import { contactAddress } from "./contact-certificate.ts";
import { fingerprint, summarize } from "./summary.ts";

type PeopleContext = Pick<PageContext, "people" | "now">;

async function viewOf({ decision, certificate, address, decidedAt }: PersonRow): Promise<PersonView> {
  const parsed = parseCertificate(certificate);
  const isNamed = certificateEmails(parsed).some((email) => contactAddress(email) === contactAddress(address));
  return {
    decision,
    kind: isNamed ? "trusted" : "linked",
    address,
    certificate: await summarize(parsed),
    since: decidedAt,
  };
}

export async function listPeople({ people }: PeopleContext): Promise<readonly PersonView[]> {
  return Promise.all((await people.list()).map(viewOf));
}

/**
 * Keeps that a person vouches for this certificate at this address, or has linked both: an act of a person in a page or
 * window of ours, and of nobody else. For this certificate and this address, letter for letter; for nothing beside them.
 *
 * @throws {SmimeError} where it is no certificate
 * @throws {Refusal} `choice.empty` where it is no address
 */
export async function decidePerson(
  context: PeopleContext,
  certificate: Uint8Array,
  address: string,
): Promise<readonly PersonView[]> {
  const parsed = parseCertificate(certificate.slice());
  if (parseMailbox(address) === null || address.length > MAX_ADDRESS_LENGTH) throw new Refusal("choice.empty");
  const decision = `${await fingerprint(parsed)}/${address}`;
  await context.people.put({ decision, certificate: parsed.der.slice(), address, decidedAt: context.now() });
  return listPeople(context);
}

export async function forgetPerson(context: PeopleContext, decision: string): Promise<readonly PersonView[]> {
  await context.people.remove(decision);
  return listPeople(context);
}

/** What the engine judges by. Of decisions that cannot be read there is none: that makes no verdict better. */
export async function currentPeople({ people }: Pick<PeopleContext, "people">): Promise<readonly PersonRow[]> {
  try {
    return await people.list();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return [];
  }
}
