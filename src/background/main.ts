import { LOCK_NOTICE } from "../messages/lock-notice.ts";
import { OPEN_PORT } from "../messages/page-requests.ts";
import { browser, type Port, type Sender } from "./browser.ts";
import { builtInRoots } from "./built-in-roots.ts";
import { mailService } from "./mail.ts";
import { managedPolicy } from "./managed-policy.ts";
import { pageContext } from "./page-context.ts";
import { answer, openEvents } from "./router.ts";
import { sitePattern, sitesOf } from "./sites.ts";
import { currentAnchors } from "./use-cases/anchors.ts";
import { importFor, rememberSigner } from "./use-cases/contacts.ts";
import { mailKeys, mailSettings } from "./use-cases/mail-parts.ts";
import { getMark } from "./use-cases/mark.ts";
import { currentPeople } from "./use-cases/person-decisions.ts";
import { vaultLock } from "./vault-lock.ts";

// The composition root: everything that is the browser's is named here and handed on. Nothing is kept in variables
// that could not be made again, since a browser stops this script between any two messages.
const extension = { id: browser.runtime.id, baseUrl: browser.runtime.getURL("") };
const context = pageContext({
  session: browser.storage.session,
  persistence: navigator.storage,
  builtInRoots: builtInRoots(async () => (await fetch(browser.runtime.getURL("email-roots.json"))).json()),
  managed: managedPolicy(() => browser.storage.managed.get()),
  grantedPatterns: async () => (await browser.permissions.getAll()).origins ?? [],
  verdictsInTab: (tabId) => mail.verdictsIn(tabId),
  openInView: (viewId, password) => mail.openInView(viewId, password),
  opened: () => {
    lockByItself.opened();
    mail.unlocked();
  },
  locked: () => {
    // Rejects where no page of ours is open to hear it.
    void browser.runtime.sendMessage(LOCK_NOTICE).catch(() => undefined);
  },
  answered: (viewId, isConfirmed) => {
    mail.answered(viewId, isConfirmed);
  },
  now: () => Date.now(),
});
const lockByItself = vaultLock(browser, context);

const mail = mailService(browser, {
  keys: mailKeys(context),
  anchors: () => currentAnchors(context),
  settings: () => mailSettings(context),
  mark: () => getMark(context),
  remember: (opened) => rememberSigner(context, opened),
  importFor: (address, file) => importFor(context, address, file),
  contacts: context.contacts,
  people: () => currentPeople(context),
  verified: context.verified,
  drafts: context.drafts,
  draftFiles: context.draftFiles,
  questions: context.questions,
  passwordAttempts: context.passwordAttempts,
});

browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
  const reply = async (): Promise<unknown> =>
    (await answer(message, sender, extension, context)) ?? (await mail.answer(message, sender));
  void reply().then(respond, () => {
    respond(null);
  });
  return true;
});

async function serve(port: Port, message: unknown): Promise<void> {
  for await (const event of openEvents(message, port.sender ?? {}, extension, context)) port.postMessage(event);
  port.disconnect();
}

browser.runtime.onConnect.addListener((port: Port) => {
  if (mail.connect(port)) return;
  if (port.name !== OPEN_PORT) {
    port.disconnect();
    return;
  }
  let isAsked = false;
  port.onMessage.addListener((message: unknown) => {
    // One port, one message. A page that goes away while it is answered ends the answer: nobody is left to hear it.
    if (!isAsked) serve(port, message).catch(() => undefined);
    isAsked = true;
  });
});

// Every way by which a site is granted or withdrawn ends here: the toolbar button, our pages, the browser's settings.
const sites = sitesOf(browser);
browser.permissions.onAdded.addListener(({ origins }) => {
  void sites.follow(origins);
});
browser.permissions.onRemoved.addListener(() => {
  void sites.follow();
});
browser.runtime.onInstalled.addListener(({ reason }) => {
  void sites.follow();
  // Once, and never again by itself: not after an update.
  if (reason === "install") void browser.tabs.create({ url: browser.runtime.getURL("first-run/index.html") });
});
browser.runtime.onStartup.addListener(() => {
  void sites.follow();
});

browser.action.onClicked.addListener(({ url }) => {
  void press(url);
});

/**
 * Where Signet works already, or cannot work, the button opens its own page; where messages are shown it has a popup
 * (mail.ts), and this is not called.
 */
async function press(url: string | undefined): Promise<void> {
  const pattern = sitePattern(url);
  const origins = pattern === null ? [] : [pattern];
  // Both questions are put before anything is awaited: the second counts as the person's only directly after the click.
  const wasGranted = browser.permissions.contains({ origins });
  const isGranted = pattern !== null && (await browser.permissions.request({ origins }));
  if (pattern === null || (isGranted && (await wasGranted))) {
    await browser.tabs.create({ url: browser.runtime.getURL("open/index.html") });
  }
}
