import { describe, expect, it } from "vitest";
import { parseContentType, parseDisposition } from "./content-type.ts";
import { parseParameters } from "./parameters.ts";

function parameters(text: string): Record<string, string> {
  return Object.fromEntries(parseParameters(text).parameters);
}

describe("parseParameters", () => {
  it.each<[string, Record<string, string>]>([
    ["text/plain; charset=us-ascii (Plain text)", { charset: "us-ascii" }],
    ['text/plain (a;b) ; CharSet = "utf-8" (c;d)', { charset: "utf-8" }],
    ["a/b;; name=report(1).pdf;", { name: "report(1).pdf" }],
    ["a/b; name=two words.txt", { name: "two words.txt" }],
    ['a/b; name="a;b \\"c\\" C:\\dir"', { name: 'a;b "c" C:\\dir' }],
    ['a/b; name="not closed', { name: "not closed" }],
    ['a/b; x="1"trailing; y=2', { x: "1", y: "2" }],
    ["a/b; x=1; x=2", { x: "1" }],
    ["a/b; lonely; x=1", { x: "1" }],
    // RFC 2231 sections 3, 4 and 4.1
    ['a/b; URL*0="ftp://"; URL*1="cs.utk.edu/pub"', { url: "ftp://cs.utk.edu/pub" }],
    ["a/b; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", { title: "This is ***fun***" }],
    [
      "a/b; title*0*=us-ascii'en'This%20is%20even%20more%20; title*1*=%2A%2A%2Afun%2A%2A%2A%20; title*2=\"isn't it!\"",
      { title: "This is even more ***fun*** isn't it!" },
    ],
    ["a/b; n*1*=%BCr.txt; n*0*=utf-8''f%C3", { n: "für.txt" }],
    ["a/b; n*0=a; n*2=c", { n: "a" }],
    ["a/b; n=plain; n*=utf-8''ext%C3%A9nded", { n: "exténded" }],
    ["a/b; n*=x-nonsense''a%FFb", { n: "a\ufffdb" }],
    ["a/b; n*=no-quotes%20here", { n: "no-quotes here" }],
  ])("reads %s", (text, expected) => {
    expect(parameters(text)).toEqual(expected);
  });
});

describe("parseContentType", () => {
  it("falls back to the default where the type cannot be read", () => {
    expect(parseContentType(null, "text/plain").type).toBe("text/plain");
    expect(parseContentType("text", "text/plain").type).toBe("text/plain");
    expect(parseContentType("Text / HTML (c)", "text/plain").type).toBe("text/html");
  });
});

describe("parseDisposition", () => {
  const none = parseContentType("a/b", "text/plain");

  it("decodes encoded-words in file names, as most programs write them", () => {
    expect(parseDisposition('attachment; filename="=?utf-8?Q?Pr=C3=BCfung?= =?utf-8?Q?.pdf?="', none)).toMatchObject({
      type: "attachment",
      filename: "Prüfung.pdf",
    });
  });

  it("takes the name of Content-Type where there is no file name", () => {
    expect(parseDisposition(null, parseContentType("a/b; name=x.txt", "")).filename).toBe("x.txt");
  });

  it("makes file names harmless", () => {
    const name = "attachment; filename*=utf-8''..%2F..%5Cfdp%E2%80%AE.exe%00%0A";
    expect(parseDisposition(name, none).filename).toBe(".._.._fdp\ufffd.exe\ufffd");
  });
});
