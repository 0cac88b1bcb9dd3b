import type { Page } from "playwright-core";

/** Everything that a browser's pages and frames ask for outside the extension, from now on. */
export function requestsOf(page: Page): string[] {
  const requests: string[] = [];
  page.context().on("request", (request) => {
    if (/^(https?|wss?|ftp):/.test(request.url())) requests.push(request.url());
  });
  return requests;
}
