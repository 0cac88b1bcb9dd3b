import { parseCertificate } from "../../engine/x509/certificate.ts";
import { parseSuggestReply } from "../../messages/content-requests.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { Suggestion } from "../../messages/secure-form.ts";
import type { MailContext } from "../mail-context.ts";
import { commonName } from "./summary.ts";
import type { View } from "./views.ts";

/** As many as a list shows. */
const MAX_SUGGESTIONS = 12;

async function fromContacts(text: string, { contacts }: MailContext): Promise<readonly Suggestion[]> {
  const wanted = text.toLowerCase();
  return (await contacts.list())
    .map(({ address, current }) => ({ address, name: commonName(parseCertificate(current.certificate)) }))
    .filter(({ address, name }) => `${name} ${address}`.toLowerCase().includes(wanted))
    .map((person) => ({ ...person, source: "contacts" as const }));
}

/** People for what was typed: contacts at once, then with them those of the webmail's address book. */
export async function* suggestions(view: View, text: string, context: MailContext): AsyncGenerator<FrameEvent> {
  const own = await fromContacts(text, context);
  if (own.length > 0) yield { kind: "suggestions", text, people: own.slice(0, MAX_SUGGESTIONS) };
  const reply = parseSuggestReply(await context.askPage(view, { name: "suggest", viewId: view.id, text }));
  const known = new Set(own.map(({ address }) => address));
  const others = (reply?.ok ? reply.people : [])
    .filter(({ address }) => !known.has(address.toLowerCase()))
    .map((person) => ({ ...person, source: "webmail" as const }));
  yield { kind: "suggestions", text, people: [...own, ...others].slice(0, MAX_SUGGESTIONS) };
}
