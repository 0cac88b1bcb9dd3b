import { HEADER, lines, signedMail, textEntity, textOf } from "../../src/testing/mail-builder.ts";
import { expect, test } from "../pages/story.ts";

const mixed = (html: string): string =>
  lines(
    ...HEADER,
    "Content-Type: multipart/mixed; boundary=out",
    "",
    "--out",
    "Content-Type: text/html",
    "",
    html,
    "--out",
    textOf(signedMail(textEntity("signed words"), {}, { header: [] })),
    "--out--",
    "",
  );

test("a signed part that is hidden under other words is an alarm, and stands alone at a press (attack 14)", async ({
  open,
  file,
}) => {
  for (const [name, html] of [
    ["style.eml", '<p>Pay Eve</p><div style="display:none">'],
    ["rule.eml", "<style>* { visibility: hidden }</style><p>Pay Eve</p>"],
    ["field.eml", "<p>Pay Eve</p><textarea>"],
    ["old.eml", "<p>Pay Eve</p><noscript>"],
  ] as const) {
    const card = await open.openMessage(file(name, mixed(html)));
    expect([name, await card.bannerId()]).toEqual([name, "a17"]);
  }
  const card = await open.openMessage(file("footer.eml", mixed("<p>You are on this list.</p>")));
  await expect(card.banner).not.toHaveAttribute("data-banner", "a17");
  await open.page.getByRole("button", { name: "Show signed part alone" }).last().click();
  const alone = open.page.locator(".signed-part iframe").last().contentFrame();
  await expect(alone.locator("body")).toContainText("signed words");
});
