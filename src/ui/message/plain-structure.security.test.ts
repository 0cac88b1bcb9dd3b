// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { plainStructure, WORDS_ONLY } from "./plain-structure.ts";
import { markupOf } from "./sanitize.ts";

/** As the parser gives it, before any sanitiser: the rebuilding must hold alone. */
function rebuilt(markup: string): string {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return markupOf(plainStructure(template.content, WORDS_ONLY));
}

describe("hidden words and conditional styles in a quotation (attacks 29, 30)", () => {
  it.each([
    ["display", `<div style="display:none">SECRET</div>`],
    ["the hidden attribute", `<p hidden>SECRET</p>`],
    ["visibility", `<div style="visibility: hidden">SECRET</div>`],
    ["opacity", `<div style="opacity:0">SECRET</div>`],
    ["no size of type", `<span style="font-size:0">SECRET</span>`],
    ["tiny type", `<span style="font-size: 1px">SECRET</span>`],
    ["a box without height", `<div style="height:0;overflow:hidden">SECRET</div>`],
    ["a box of one pixel", `<div style="max-height:1px; overflow: hidden">SECRET</div>`],
    ["an indent out of sight", `<div style="text-indent:-9999px">SECRET</div>`],
    ["a margin out of sight", `<div style="margin-left:-5000px">SECRET</div>`],
    ["a transformation", `<div style="transform:scale(0)">SECRET</div>`],
    ["clipping", `<div style="clip-path: inset(100%)">SECRET</div>`],
    ["no colour", `<div style="color:transparent">SECRET</div>`],
    ["a colour without opacity", `<div style="color: rgba(0, 0, 0, 0)">SECRET</div>`],
    ["white on white", `<div style="color:#fff">SECRET</div>`],
    ["white on white by name", `<div style="color: white">SECRET</div>`],
    ["a hidden parent", `<div style="display:none"><p><b>SECRET</b></p></div>`],
    ["words for a picture", `<img alt="SECRET" src="cid:a">`],
    ["a comment", `<!-- SECRET -->`],
    ["a conditional comment", `<!--[if mso]>SECRET<![endif]-->`],
    ["a title", `<title>SECRET</title>`],
    ["a template", `<template>SECRET</template>`],
    ["no script", `<noscript>SECRET</noscript>`],
    ["a drawing", `<svg><text>SECRET</text></svg>`],
    ["an attribute", `<p title="SECRET" data-a="SECRET" aria-label="SECRET">x</p>`],
  ])("does not quote what is hidden by %s", (_, markup) => {
    expect(rebuilt(`<p>shown</p>${markup}`)).not.toContain("SECRET");
  });

  it.each([
    `<style>@media (min-width: 600px) { .a { display: none } }</style><p class="a">words</p>`,
    `<p style="color: red; font-size: 20px; background: url(https://x.example/)">words</p>`,
    `<p class="a" id="b" style="position:fixed">words</p>`,
    `<font color="#ff0000" size="1">words</font>`,
    `<p onclick="x()">words</p>`,
  ])("keeps no style, class, condition or handler of %s", (markup) => {
    expect(rebuilt(markup).replace(/<\/?p>/g, "")).toBe("words");
  });

  it("keeps light words on a dark ground of their own, which can be read", () => {
    expect(rebuilt(`<p style="color:#fff;background-color:#000">words</p>`)).toBe("<p>words</p>");
  });

  it("keeps the structure of a text, and emphasis that stands in a style", () => {
    const markup = `<h2>Plan</h2><ul><li>one</li></ul><blockquote><p>old</p></blockquote><span style="font-weight:700">now</span>`;
    expect(rebuilt(markup)).toBe("<h2>Plan</h2><ul><li>one</li></ul><blockquote><p>old</p></blockquote><b>now</b>");
  });

  it("takes no emphasis from a copied page that wraps everything in a bold element that is none", () => {
    expect(rebuilt(`<b style="font-weight:normal"><p>words</p></b>`)).toBe("<p>words</p>");
  });

  it("leaves a link its words, and not its address", () => {
    expect(rebuilt(`<a href="https://tracker.example/?id=SECRET">the plan</a>`)).toBe("the plan");
  });

  it.each(["script", "style", "iframe", "object", "textarea", "select", "math", "button"])("makes no %s", (name) => {
    expect(rebuilt(`<${name}>x</${name}>words`)).toBe("words");
  });
});
