import type { SuggestReply } from "../../messages/content-requests.ts";
import { at, findPeople, objectsIn } from "./envelope.ts";
import type { Service } from "./service.ts";

/** As many as a list of suggestions shows. */
const PAGE_SIZE = 10;

/** People of the organisation's address book (outlook-web.md 2.2). */
export async function suggestPeople(service: Service, text: string): Promise<SuggestReply> {
  const result = await service("FindPeople", findPeople(text, PAGE_SIZE));
  if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
  const people: { name: string; address: string }[] = [];
  for (const persona of objectsIn(at(result.message, "ResultSet"))) {
    const address = at(persona, "EmailAddress.EmailAddress");
    const name = persona["DisplayName"];
    if (typeof address === "string") people.push({ name: typeof name === "string" ? name : "", address });
  }
  return { ok: true, people: people.slice(0, PAGE_SIZE) };
}
