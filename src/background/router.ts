import type { Answer, OpenEvent, ValueOf } from "../messages/answers.ts";
import {
  parseOpenRequest,
  parsePageRequest,
  type PageRequest,
  type PageRequestName,
} from "../messages/page-requests.ts";
import { pageOf, type MessageSender } from "../messages/sender.ts";
import { failureOf } from "./failure.ts";
import type { PageContext } from "./page-context.ts";
import * as anchors from "./use-cases/anchors.ts";
import * as contacts from "./use-cases/contacts.ts";
import * as identities from "./use-cases/identities.ts";
import { getMark, setMark } from "./use-cases/mark.ts";
import { openMessage } from "./use-cases/open-message.ts";
import * as people from "./use-cases/person-decisions.ts";
import { askedQuestion } from "./use-cases/questions.ts";
import * as settings from "./use-cases/settings.ts";
import { listSites } from "./use-cases/sites.ts";
import * as vault from "./use-cases/vault.ts";

/** Who we are, by the browser: `runtime.id` and `runtime.getURL("")`. */
export interface Extension {
  readonly id: string;
  readonly baseUrl: string;
}

type Served = {
  readonly [Name in PageRequestName]: (request: RequestNamed<Name>, context: PageContext) => Promise<ValueOf<Name>>;
};
type RequestNamed<Name extends PageRequestName> = Extract<PageRequest, { name: Name }>;

const USE_CASES: Served = {
  vaultState: (_, context) => vault.vaultState(context),
  createVault: ({ protection, passphrase }, context) => vault.createVault(context, protection, passphrase),
  unlock: ({ passphrase }, context) => vault.unlock(context, passphrase),
  lockNow: (_, context) => vault.lock(context, "person"),
  changeProtection: ({ current, protection, passphrase }, context) =>
    vault.changeProtection(context, current, protection, passphrase),
  eraseKeys: (_, context) => vault.eraseKeys(context),

  inspectPkcs12: ({ file, passphrase }) => identities.inspectPkcs12(file, passphrase),
  importIdentities: ({ file, passphrase, accept, keep }, context) =>
    identities.importIdentities(context, file, passphrase, accept, keep ?? "vault"),
  listIdentities: (_, context) => identities.listIdentities(context),
  removeIdentity: ({ fingerprint }, context) => identities.removeIdentity(context, fingerprint),
  forgetSessionIdentities: (_, context) => identities.forgetSessionIdentities(context),

  inspectAnchors: ({ file }) => anchors.inspectAnchors(file),
  trustAnchors: ({ file, accept }, context) => anchors.trustAnchors(context, file, accept),
  listAnchors: (_, context) => anchors.listAnchors(context),
  removeAnchor: ({ fingerprint }, context) => anchors.removeAnchor(context, fingerprint),
  removeOwnAnchors: (_, context) => anchors.removeOwnAnchors(context),
  switchAnchor: ({ fingerprint, isTrusted }, context) => anchors.switchAnchor(context, fingerprint, isTrusted),

  listContacts: (_, context) => contacts.listContacts(context),
  importContacts: ({ file, accept }, context) => contacts.importContacts(context, file, accept),
  removeContact: ({ address }, context) => contacts.removeContact(context, address),
  contactCertificate: ({ address, fingerprint }, context) => contacts.contactCertificate(context, address, fingerprint),
  decideReplacement: ({ address, take, fingerprint }, context) =>
    contacts.decideReplacement(context, address, take, fingerprint),

  decidePerson: ({ certificate, address }, context) => people.decidePerson(context, certificate, address),
  listPeople: (_, context) => people.listPeople(context),
  forgetPerson: ({ decision }, context) => people.forgetPerson(context, decision),

  getQuestion: ({ viewId }, { questions }) => askedQuestion(questions, viewId),
  answerQuestion: async ({ viewId, isConfirmed }, { questions }) => {
    await questions.answer(viewId, isConfirmed);
    return null;
  },

  openWithPassword: async ({ viewId, password }, { openInView }) => {
    await openInView(viewId, password);
    return null;
  },

  getSettings: (_, context) => settings.currentSettings(context),
  setSetting: ({ setting, value }, context) => settings.setSetting(context, setting, value),
  acceptPolicyRemoval: (_, context) => settings.acceptPolicyRemoval(context),
  getMark: (_, context) => getMark(context),
  setMark: ({ mark }, context) => setMark(context, mark),
  verdictsInTab: ({ tabId }, context) => context.verdictsInTab(tabId),
  listSites: (_, context) => listSites(context),
};

const serve = <Name extends PageRequestName>(
  request: RequestNamed<Name>,
  context: PageContext,
): Promise<ValueOf<Name>> => USE_CASES[request.name](request, context);

/**
 * Answers a request. `null` is no answer at all: it came from somebody who may ask nothing, or is none of ours, and
 * neither is told what would have been one.
 */
export async function answer(
  message: unknown,
  sender: MessageSender,
  extension: Extension,
  context: PageContext,
): Promise<Answer<ValueOf<PageRequestName>> | null> {
  if (pageOf(sender, extension) === null) return null;
  const request = parsePageRequest(message);
  if (request === null) return null;
  try {
    return { ok: true, value: await serve(request, context) };
  } catch (error) {
    return { ok: false, error: failureOf(error) };
  }
}

/** The events that a request on the port for messages is answered with; none for what is refused, as above. */
export async function* openEvents(
  message: unknown,
  sender: MessageSender,
  extension: Extension,
  context: PageContext,
): AsyncGenerator<OpenEvent> {
  if (pageOf(sender, extension) === null) return;
  const request = parseOpenRequest(message);
  if (request === null) return;
  try {
    yield* openMessage(request, context);
  } catch (error) {
    yield { kind: "failed", error: failureOf(error) };
  }
}
