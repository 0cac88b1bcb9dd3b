import { describe, expect, it } from "vitest";
import { SIGNED_CORE } from "../../messages/answers.ts";
import { TEST_TIME } from "../../testing/certificate-builder.ts";
import { bytesOf, HEADER, lines, open, signedMail, textEntity, textOf } from "../../testing/mail-builder.ts";
import { testPageContext } from "../../testing/page-context.ts";
import { viewOf } from "./message-view.ts";

const PEOPLE = { own: [], contacts: [], people: [], verified: testPageContext().verified, now: TEST_TIME };
const inner = (header: readonly string[] = []): string =>
  textOf(signedMail(textEntity("signed words"), {}, { header }));
const html = (markup: string): string => lines("Content-Type: text/html", "", markup);
const viewed = async (...parts: readonly string[]) =>
  viewOf(
    await open(
      bytesOf(
        lines(
          ...HEADER,
          "Content-Type: multipart/mixed; boundary=out",
          "",
          ...parts.flatMap((part) => ["--out", part]),
          "--out--",
          "",
        ),
      ),
    ),
    PEOPLE,
  );

describe("a signed part among other words (attacks 12 and 14)", () => {
  it("is a view of its own, and lends the message nothing", async () => {
    const { view, contents } = await viewed(inner(), html("<p>words of a list</p>"));
    expect(view.verdict).toMatchObject({ signature: "none", sender: "none" });
    expect(view.core).toMatchObject({ path: "1", isMisleading: false, view: { verdict: { signature: "valid" } } });
    const signed = contents.filter(({ path }) => path.startsWith(SIGNED_CORE));
    expect(signed.map(({ read }) => textOf(read()))).toEqual(["signed words"]);
  });

  it.each([
    ["the part itself", "Content-ID: <core@a>", "core@a"],
    ["the part itself, escaped", "Content-ID: <core@a>", "core%40a"],
  ])("that other words show as their own is said: by %s", async (_, header, cid) => {
    const { view } = await viewed(html(`<p>Pay me</p><img src="cid:${cid}">`), inner([header]));
    expect(view.core).toMatchObject({ isMisleading: true });
  });

  it("is not said of pictures beside it", async () => {
    const picture = lines("Content-Type: image/png", "Content-ID: <logo@a>", "", "x");
    const { view } = await viewed(html(`<img src="cid:logo@a">`), inner(["Content-ID: <core@a>"]), picture);
    expect(view.core).toMatchObject({ isMisleading: false });
  });
});
