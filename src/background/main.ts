import { OPEN_PORT } from "../messages/requests.ts";
import { browser, type Port, type Sender } from "./browser.ts";
import { builtInRoots } from "./built-in-roots.ts";
import { answer, openEvents } from "./router.ts";
import { sessionStore } from "./session-store.ts";

// The composition root: everything that is the browser's is named here and handed on. Nothing is kept in variables
// that could not be made again, since a browser stops this script between any two messages.
const extension = { id: browser.runtime.id, baseUrl: browser.runtime.getURL("") };
const store = sessionStore(browser.storage.session);
const context = {
  store,
  builtInRoots: builtInRoots(async () => (await fetch(browser.runtime.getURL("email-roots.json"))).json()),
  now: () => new Date(),
};

browser.runtime.onMessage.addListener((message: unknown, sender: Sender, respond: (value: unknown) => void) => {
  void answer(message, sender, extension, store).then(respond);
  return true;
});

async function serve(port: Port, message: unknown): Promise<void> {
  for await (const event of openEvents(message, port.sender ?? {}, extension, context)) port.postMessage(event);
  port.disconnect();
}

browser.runtime.onConnect.addListener((port: Port) => {
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

browser.action.onClicked.addListener(() => {
  void browser.tabs.create({ url: browser.runtime.getURL("open/index.html") });
});
