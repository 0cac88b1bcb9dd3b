import { gzipSync } from "node:zlib";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";
import { leakSearch } from "../pages/leak-search.ts";
import { outlookWebPlaces } from "../pages/mail-site.ts";
import { wordsIn } from "../pages/decoded.ts";

const WORD = "zqleakingword";
const utf16 = (order: "le" | "be"): Buffer => {
  const bytes = Buffer.from(`a ${WORD} b`, "utf16le");
  return order === "le" ? bytes : bytes.swap16();
};
const wrapped = Buffer.from(`so: ${WORD} and more of it, over several lines of text, as mail has it`)
  .toString("base64")
  .replace(/.{20}/g, "$&\r\n");

const ENCODINGS: Readonly<Record<string, Buffer>> = {
  "as it is": Buffer.from(`x${WORD}x`),
  "in capitals": Buffer.from(WORD.toUpperCase()),
  base64: Buffer.from(Buffer.from(`a longer text with ${WORD} in it`).toString("base64")),
  "base64url in a parameter": Buffer.from(`?q=${Buffer.from(`>>>???${WORD}>>>`).toString("base64url")}&n=1`),
  "base64 in lines": Buffer.from(wrapped),
  "base64 in lines in JSON": Buffer.from(JSON.stringify({ v: wrapped })),
  "quoted-printable": Buffer.from(`zqleak=69ngw=\r\nord`),
  "URL encoding": Buffer.from(encodeURIComponent(WORD).replace("k", "%6B")),
  "escapes of JSON": Buffer.from(`{"a":"zqle\\u0061kingword"}`),
  "character references": Buffer.from(`zqle&#97;k&#x69;ngword`),
  "UTF-16, little end first": utf16("le"),
  "UTF-16, big end first": Buffer.concat([Buffer.from("?"), utf16("be")]),
  gzip: Buffer.concat([Buffer.from("before"), gzipSync(`text ${WORD}`), Buffer.from("after")]),
  "gzip in base64 in a URL": Buffer.from(encodeURIComponent(gzipSync(`text ${WORD}`).toString("base64"))),
};

for (const [name, bytes] of Object.entries(ENCODINGS)) {
  test(
    `the search finds a word: ${name}`,
    differs("proves that the search for leaks finds each kind", "the same search, over its disk and logs"),
    () => {
      expect(wordsIn(bytes, [WORD, "zqnotthere"])).toEqual([WORD]);
    },
  );
}

test("the search finds a word that leaks by each way that there is", async ({ extension, webmail, mail, practice }) => {
  const search = leakSearch(
    extension.context,
    { url: webmail.url, places: () => outlookWebPlaces(webmail) },
    () => "zqlog",
  );
  const { page } = mail;
  const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
    zqurl: () => page.evaluate(() => fetch("/app/none?zqurl")),
    zqbody: () => page.evaluate(() => fetch("/app/none", { method: "POST", body: btoa("a text with zqbody in it") })),
    zqelsewhere: () =>
      page.evaluate(() => fetch("http://127.0.0.1:9/zqelsewhere", { mode: "no-cors" }).catch(() => undefined)),
    zqdom: () =>
      page.evaluate(() => {
        document.body.append(document.createComment("zqdom"));
      }),
    zqform: () =>
      page.evaluate(() => {
        const input = document.createElement("input");
        document.body.append(input);
        input.value = "zqform";
      }),
    zqlocal: () =>
      page.evaluate(() => {
        localStorage.setItem("draft", "zqlocal");
      }),
    zqsession: () =>
      page.evaluate(() => {
        sessionStorage.setItem("draft", "zqsession");
      }),
    zqindexed: () =>
      page.evaluate(
        () =>
          new Promise<void>((done) => {
            const request = indexedDB.open("leak", 1);
            request.onupgradeneeded = () => {
              request.result.createObjectStore("s").put({ text: "zqindexed" }, 1);
            };
            request.onsuccess = () => {
              request.result.close();
              done();
            };
          }),
      ),
    zqcache: () =>
      page.evaluate(async () => {
        await (await caches.open("leak")).put("/leak", new Response("zqcache"));
      }),
    zqcookie: () =>
      page.evaluate(() => {
        document.cookie = "leak=zqcookie";
      }),
    zqaddress: () =>
      page.evaluate(() => {
        history.replaceState({ text: "zqaddress" }, "");
      }),
    zqconsole: () =>
      page.evaluate(() => {
        console.log("zqconsole");
      }),
    zqstore: () => {
      webmail.mailbox(practice.alice.email).deliver("From: a@practice.example\r\nSubject: s\r\n\r\nzqstore");
      return Promise.resolve();
    },
    zqlog: () => Promise.resolve(),
  };
  for (const leak of Object.values(WAYS)) await leak();
  const words = Object.keys(WAYS);
  const found = await search.find([...words, "zqnotthere"]);
  expect([...new Set(found.map(({ word }) => word))].sort()).toEqual([...words].sort());
});
