import { describe, expect, it } from "vitest";
import { pageOf, type MessageSender } from "./sender.ts";

const extension = { id: "abcdefgh", baseUrl: "chrome-extension://abcdefgh/" };
const good: MessageSender = {
  id: "abcdefgh",
  url: "chrome-extension://abcdefgh/open/index.html#1",
  origin: "chrome-extension://abcdefgh",
  frameId: 0,
};

describe("who sent a message", () => {
  it("is the page that the browser names", () => {
    expect(pageOf(good, extension)).toBe("open/index.html");
  });

  it("is known in Firefox too, which names no origin and gives each profile its own host", () => {
    const baseUrl = "moz-extension://1f0c/";
    const sender = { id: "signet@signet.example", url: "moz-extension://1f0c/open/index.html" };
    expect(pageOf(sender, { id: "signet@signet.example", baseUrl })).toBe("open/index.html");
  });

  it.each<[string, MessageSender]>([
    ["another extension", { ...good, id: "other" }],
    ["another extension's page", { ...good, url: "chrome-extension://other/open/index.html" }],
    ["a web page", { ...good, url: "https://abcdefgh/open/index.html", origin: "https://abcdefgh" }],
    ["our content script in a web page", { ...good, url: "https://mail.example/", origin: "https://mail.example" }],
    ["a document whose origin is another than its address", { ...good, origin: "null" }],
    ["our page in a frame", { ...good, frameId: 3 }],
    ["another file of ours", { ...good, url: "chrome-extension://abcdefgh/background.js" }],
    ["an address that starts like ours", { ...good, url: "chrome-extension://abcdefgh.evil/open/index.html" }],
    ["an address that is none", { ...good, url: "open/index.html" }],
    ["nobody", {}],
  ])("is refused: %s", (_, sender) => {
    expect(pageOf(sender, extension)).toBeNull();
  });
});
