import { trustAnchor } from "../engine/x509/trust-anchor.ts";
import type { PageRequest } from "../messages/content-requests.ts";
import type { ContentSender } from "../messages/mail-senders.ts";
import type { ContactRow } from "../storage/contacts.ts";
import type { View } from "../background/use-cases/views.ts";
import { certificate, type TestCertificate } from "./certificate-builder.ts";
import { testMailContext, type TestMail } from "./mail-context.ts";
import { sha256Hex } from "./memory-key-store.ts";
import { ownKeys } from "./own-keys.ts";

const CONTENT: ContentSender = { tabId: 1, frameId: 0, documentId: "page", origin: "https://mail.example" };

export const root = certificate().subject("CN=Root").ca().build();
const person = (name: string, address: string): TestCertificate =>
  certificate().subject(`CN=${name}`).email(address).issuedBy(root).build();
export const alice = person("Alice", "alice@a.example");
export const bob = person("Bob", "bob@b.example");
export const carol = person("Carol", "carol@c.example");

export const contact = (address: string, { der }: TestCertificate, change: Partial<ContactRow> = {}): ContactRow => ({
  address,
  current: { fingerprint: sha256Hex(der), certificate: der.slice(), issuers: [], source: "file", addedAt: new Date(0) },
  waiting: null,
  history: [],
  refused: [],
  capabilities: null,
  signedMail: [],
  encryptedSince: null,
  ...change,
});

/** A webmail that takes what it is handed and keeps it. */
export interface SecureMail {
  readonly context: TestMail;
  readonly view: View;
  /** What was handed over to be sent, in order. */
  readonly sent: { readonly message: Uint8Array; readonly messageId: string; readonly bcc: readonly string[] }[];
  /** What was saved to Drafts. */
  readonly saved: Uint8Array[];
}

interface Options {
  readonly own?: readonly TestCertificate[];
  readonly isLocked?: boolean;
  readonly wrapsTwice?: boolean;
  /** What the page answers before the mailbox does; `undefined` leaves it to the mailbox. */
  readonly page?: (request: PageRequest) => unknown;
}

const octets = async (message: Blob | ArrayBuffer): Promise<Uint8Array> =>
  new Uint8Array(message instanceof Blob ? await message.arrayBuffer() : message);

/** alice's mail in a page, with bob and carol as contacts. */
export async function secureMail(options: Options = {}): Promise<SecureMail> {
  const { own = [alice], isLocked = false, wrapsTwice = false, page } = options;
  const sent: { message: Uint8Array; messageId: string; bcc: readonly string[] }[] = [];
  const saved: Uint8Array[] = [];
  const plain = testMailContext();
  const context = testMailContext({
    keys: ownKeys(own, { isLocked }),
    anchors: () => Promise.resolve([trustAnchor(root.certificate, "email")]),
    settings: async () => ({ ...(await plain.settings()), wrapsTwice }),
    askPage: async (_, request) => {
      const answer: unknown = page?.(request);
      if (answer !== undefined) return answer;
      if (request.name === "transmit") {
        sent.push({ message: await octets(request.message), messageId: request.messageId, bcc: request.bcc });
        return { outcome: "sent", reason: null, text: "" };
      }
      if (request.name === "saveDraft") {
        saved.push(await octets(request.message));
        return { ok: true };
      }
      if (request.name === "needSentCopy") return { ok: true, source: new Blob([sent.at(-1)?.message.slice() ?? ""]) };
      if (request.name === "needMessage") return { ok: true, source: new Blob([saved.at(-1)?.slice() ?? ""]) };
      if (request.name === "findSent") return { found: "no" };
      return null;
    },
  });
  await context.contacts.put(contact("bob@b.example", bob));
  await context.contacts.put(contact("carol@c.example", carol));
  return { context, view: await context.views.open("compose", CONTENT), sent, saved };
}
