import type { Page } from "playwright-core";

/** Milliseconds that the page's own script takes to have a message's MIME content from the server, and no more. */
export const rawFetch = (page: Page, id: string): Promise<number> =>
  page.evaluate(async (Id) => {
    const canary = /X-OWA-CANARY=([^;]+)/.exec(document.cookie)?.[1] ?? "";
    const start = performance.now();
    const response = await fetch("/owa/service.svc?action=GetItem", {
      method: "POST",
      headers: { "Content-Type": "application/json", Action: "GetItem", "X-OWA-CANARY": canary },
      body: JSON.stringify({
        __type: "GetItemJsonRequest:#Exchange",
        Header: { __type: "JsonRequestHeaders:#Exchange", RequestServerVersion: "Exchange2013" },
        Body: {
          __type: "GetItemRequest:#Exchange",
          ItemShape: {
            __type: "ItemResponseShape:#Exchange",
            BaseShape: "IdOnly",
            IncludeMimeContent: true,
            AdditionalProperties: [{ __type: "PropertyUri:#Exchange", FieldURI: "item:Size" }],
          },
          ItemIds: [{ __type: "ItemId:#Exchange", Id }],
        },
      }),
    });
    await response.json();
    return performance.now() - start;
  }, id);
