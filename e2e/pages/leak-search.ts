import type { BrowserContext, Page, Request } from "playwright-core";
import { wordsIn } from "./decoded.ts";

/** A marker word that was found, and where. */
export interface Leak {
  readonly word: string;
  readonly where: string;
}

/** Everything that is not Signet's own: what leaves the browser, what the page holds, what the server keeps. */
export interface LeakSearch {
  /** Searches everything up to now. */
  find(words: readonly string[]): Promise<readonly Leak[]>;
}

/** Octets, and where they were found. */
export interface Place {
  readonly where: string;
  readonly bytes: Buffer;
}

/** What a page of the webmail holds: document, form state, history, and every storage of its origin. */
async function pagePlaces(page: Page): Promise<Place[]> {
  const held = await page.evaluate(async () => {
    const trees: string[] = [];
    const walk = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll("*")) {
        const { value, files } = element as { value?: unknown; files?: FileList };
        if (typeof value === "string") trees.push(value);
        for (const file of files ?? []) trees.push(file.name);
        if (element.shadowRoot !== null) {
          trees.push(element.shadowRoot.innerHTML);
          walk(element.shadowRoot);
        }
      }
    };
    walk(document);
    const databases: string[] = [];
    for (const { name, version } of await indexedDB.databases()) {
      const open = await new Promise<IDBDatabase>((done, fail) => {
        const request = indexedDB.open(name ?? "", version);
        request.onsuccess = () => {
          done(request.result);
        };
        request.onerror = () => {
          fail(request.error ?? new Error("no database"));
        };
      });
      for (const store of open.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done) => {
          const request = open.transaction(store).objectStore(store).getAll();
          request.onsuccess = () => {
            done(request.result);
          };
        });
        databases.push(JSON.stringify(rows));
      }
      open.close();
    }
    const cached: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        cached.push(request.url, (await (await cache.match(request))?.text()) ?? "");
      }
    }
    return {
      document: document.documentElement.outerHTML,
      form: trees.join("\n"),
      address: `${location.href} ${document.title} ${window.name} ${JSON.stringify(history.state)}`,
      resources: performance
        .getEntriesByType("resource")
        .map(({ name }) => name)
        .join("\n"),
      "local storage": JSON.stringify(Object.entries(localStorage)),
      "session storage": JSON.stringify(Object.entries(sessionStorage)),
      "IndexedDB of the site": databases.join("\n"),
      "caches of the site": cached.join("\n"),
      cookies: document.cookie,
    };
  });
  return Object.entries(held).map(([where, text]) => ({ where: `page: ${where}`, bytes: Buffer.from(text) }));
}

/** A webmail, as far as the search looks into it. */
export interface SearchedSite {
  readonly url: string;
  /** All that its server was told, and has kept. */
  readonly places: () => readonly Place[];
}

/** Begins to record all that pages of the webmail, and we, send anywhere. */
export function leakSearch(context: BrowserContext, site: SearchedSite, ...logs: (() => string)[]): LeakSearch {
  const requests: Place[] = [];
  context.on("request", (request: Request) => {
    // Between our own pages nothing leaves the browser.
    if (/^(?:chrome|moz)-extension:|^data:|^blob:/.test(request.url())) return;
    const body = request.postDataBuffer() ?? Buffer.alloc(0);
    const bytes = Buffer.concat([Buffer.from(`${request.url()}\n`), body]);
    requests.push({ where: `browser: ${request.method()} ${request.url().slice(0, 80)}`, bytes });
  });
  const said: string[] = [];
  context.on("console", (message) => {
    if (message.page()?.url().startsWith("http") === true) said.push(message.text());
  });
  return {
    async find(words) {
      const pages = context.pages().filter((page) => new URL(page.url()).origin === new URL(site.url).origin);
      const places = [
        ...requests,
        ...site.places(),
        ...(await Promise.all(pages.map(pagePlaces))).flat(),
        { where: "log: the page's console", bytes: Buffer.from(said.join("\n")) },
        ...logs.map((log, index) => ({ where: `log ${index}`, bytes: Buffer.from(log()) })),
      ];
      return places.flatMap(({ where, bytes }) => wordsIn(bytes, words).map((word) => ({ word, where })));
    },
  };
}
