import { importPrivateKey } from "../engine/primitives/private-key.ts";
import { trustAnchor } from "../engine/x509/trust-anchor.ts";
import { OPEN_PORT } from "../messages/requests.ts";
import { browser, type Port, type Sender } from "./browser.ts";
import { builtInRoots } from "./built-in-roots.ts";
import { mailService } from "./mail.ts";
import { answer, openEvents } from "./router.ts";
import { sessionStore } from "./session-store.ts";
import { sitePattern, sitesOf } from "./sites.ts";

// The composition root: everything that is the browser's is named here and handed on. Nothing is kept in variables
// that could not be made again, since a browser stops this script between any two messages.
const extension = { id: browser.runtime.id, baseUrl: browser.runtime.getURL("") };
const store = sessionStore(browser.storage.session);
const context = {
  store,
  builtInRoots: builtInRoots(async () => (await fetch(browser.runtime.getURL("email-roots.json"))).json()),
  now: () => new Date(),
};

const mail = mailService(browser, {
  keys: {
    certificates: async () => (await store.identities()).map(({ certificate }) => certificate),
    unlocked: async () =>
      Promise.all(
        (await store.identities()).map(async ({ certificate, chain, pkcs8 }) => ({
          certificate,
          chain,
          key: await importPrivateKey(pkcs8),
        })),
      ),
  },
  anchors: async () => [
    ...(await store.anchors()).map((certificate) => trustAnchor(certificate, "email")),
    ...(await context.builtInRoots()),
  ],
  settings: () =>
    Promise.resolve({ alwaysSign: false, isSignFixed: false, clearSign: true, openEncryptedOnSight: true }),
});

browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
  const reply = async (): Promise<unknown> =>
    (await answer(message, sender, extension, store)) ?? (await mail.answer(message, sender));
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
for (const event of [browser.permissions.onAdded, browser.permissions.onRemoved]) {
  event.addListener(() => {
    void sites.follow();
  });
}
browser.runtime.onInstalled.addListener(() => {
  void sites.follow();
});
browser.runtime.onStartup.addListener(() => {
  void sites.follow();
});

browser.action.onClicked.addListener(({ url }) => {
  void press(url);
});

/** Where Signet works already, or cannot work, the button opens its own page. */
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
