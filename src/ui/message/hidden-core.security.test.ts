// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import type { PartView, SignedCoreView } from "../../messages/answers.ts";
import { messageView, signedLayer, signerVerdict } from "../../testing/message-view.ts";
import { bannerOf } from "./banner.ts";
import { hidesWhatFollows, withHiddenCore } from "./hidden-core.ts";

const HIDING = `<p>Pay Eve</p><div style="display:none">`;

describe("markup that hides the signed part behind it (ux.md A17, attack 14)", () => {
  it.each<[string, string]>([
    ["an element that is not shown, left open", HIDING],
    ["by visibility", `Pay Eve<div style="visibility:hidden">`],
    ["in a type that is too small", `Pay Eve<span style="font-size:0">`],
    ["behind an edge", `Pay Eve<div style="height:0;overflow:hidden">`],
    ["in white on white", `Pay Eve<font style="color:#fff">`],
    ["further outside", `<div hidden><div><p>Pay Eve`],
    ["an element that is closed", `Pay Eve<details><summary>more</summary>`],
    ["a comment without end", "Pay Eve<!--"],
    ["a style without end", "Pay Eve<style>"],
    ["a field", "Pay Eve<textarea>"],
    ["what only old programs show", "Pay Eve<noscript>"],
    ["a rule for everything", "<style>* { display: none }</style>Pay Eve"],
    ["a rule for an element left open", "<style>.a { opacity: 0 }</style>Pay Eve<div class=a>"],
    ["with a copy of the place that is looked for", `<i data-follows="x"></i>${HIDING}`],
  ])("is found: %s", (_, html) => {
    expect(hidesWhatFollows(html)).toBe(true);
  });

  it.each<[string, string]>([
    ["a list's footer", "<hr><p style='font-size:11px;color:#666'>You are on this list.</p>"],
    [
      "a whole page",
      "<html><head><style>p { margin: 0 } .preheader { display: none }</style></head><body><p>x</p></body></html>",
    ],
    ["something hidden that is closed again", `<div style="display:none">preview</div><p>Hello`],
    ["an open table", "<table><tr><td>Hello"],
    ["a rule that no browser knows", "<style>:::x { display: none } p::foo { display: none }</style>Hello"],
  ])("is not %s", (_, html) => {
    expect(hidesWhatFollows(html)).toBe(false);
  });
});

describe("a message whose signed part is hidden", () => {
  const part = (path: string): PartView => ({
    path,
    type: "text/html",
    name: null,
    size: 1,
    sha256: "00",
    covered: "none",
    role: "html",
    contentId: null,
  });
  const inside = messageView({ signature: "valid", sender: "matches" }, [signedLayer(signerVerdict())]);
  const core: SignedCoreView = { path: "2", surroundedBy: "unknown", list: null, isMisleading: false, view: inside };
  const shown = (path: string, html: string): string => {
    const view = messageView({}, [], { core, parts: [part(path)], nested: [{ path: "2", type: "multipart-signed" }] });
    return bannerOf(withHiddenCore(view, new Map([[path, new TextEncoder().encode(html)]]))).id;
  };

  it("a17: is an alarm where the words before it hide it", () => {
    expect(shown("1", HIDING)).toBe("a17");
    expect(shown("1.2", HIDING)).toBe("a17");
  });

  it("is none where nothing is hidden, or only what stands behind it", () => {
    expect(shown("1", "<p>words of a list</p>")).toBe("a29");
    expect(shown("3", HIDING)).toBe("a29");
  });

  it("leaves a message without a signed part as it is", () => {
    const view = messageView({}, [], { parts: [part("1")] });
    expect(withHiddenCore(view, new Map([["1", new TextEncoder().encode(HIDING)]]))).toBe(view);
  });
});
