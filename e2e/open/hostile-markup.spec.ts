import { sign } from "../tools/practice-messages.ts";
import { certificate } from "../../src/testing/certificate-builder.ts";
import { signedMail, textEntity } from "../../src/testing/mail-builder.ts";
import { requestsOf } from "../pages/requests.ts";
import { expect, test } from "../pages/story.ts";

/** In a certificate; without the signs that part a name in text. */
const NAME = "<b>owned</b><img src=x onerror=document.title=1>";

const MARKUP = `<img src=x onerror="document.title='owned'"><b>bold</b>`;

test("markup in every field is text (attack 52)", async ({ open, file }) => {
  const message = [
    `From: "${MARKUP.replaceAll('"', "'")}" <a@b.example>`,
    `To: "<i>x</i>" <c@d.example>`,
    `Subject: ${MARKUP}`,
    'Content-Type: multipart/mixed; boundary="b"',
    "",
    "--b",
    "Content-Type: text/plain",
    "",
    MARKUP,
    "--b",
    "Content-Type: application/octet-stream",
    `Content-Disposition: attachment; filename="<u>x</u>.txt"`,
    "",
    "x",
    "--b--",
    "",
  ].join("\r\n");
  const card = await open.openMessage(file("<s>name<s>.eml".replaceAll("<", "_"), message));
  await expect(card.subject).toContainText("<b>bold</b>");
  await expect(card.text.locator("pre")).toContainText("<b>bold</b>");
  await expect(card.root.locator("b, i, u, s, img")).toHaveCount(0);
  await expect(card.text.locator("b, img")).toHaveCount(0);
  expect(await open.page.title()).toBe("Open a message – Signet");
});

test("HTML of a message loads nothing, runs nothing and stays in its frame (attack 26)", async ({ open, file }) => {
  const html = `<html><head><meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
<link rel="stylesheet" href="https://evil.example/style.css"><link rel="preconnect" href="https://evil.example">
<base href="https://evil.example/"><style>@import url(https://evil.example/import.css); body{background:url(https://evil.example/bg)}</style></head>
<body background="https://evil.example/body.png" onload="document.title='owned'">
<script>document.title = "owned"; fetch("https://evil.example/fetch")</script>
<img src="https://evil.example/img.png" srcset="https://evil.example/img2.png 2x" alt="a picture" onerror="alert(1)">
<div style="background-image:url('https://evil.example/div.png')">styled</div>
<div style="background:\\75rl(https://evil.example/escaped)">escaped</div>
<svg><image href="https://evil.example/svg.png"/><script>alert(1)</script></svg>
<video src="https://evil.example/v.mp4" poster="https://evil.example/poster.png" autoplay></video>
<iframe src="https://evil.example/frame"></iframe><object data="https://evil.example/object"></object>
<form action="https://evil.example/form"><input name="q" autofocus><button>Send</button></form>
<a href="javascript:document.title='owned'">script</a> <a href="https://evil.example/x">bank.example</a>
<a href="https://good.example/y">good.example</a><p>After everything</p></body></html>`;
  const requests = requestsOf(open.page);
  const message = `From: a@b.example\r\nSubject: html\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`;
  const card = await open.openMessage(file("html.eml", message));
  await expect(card.text.getByText("After everything")).toBeVisible();
  await expect(card.text.locator("script, form, input, svg, video, iframe, object, link, base, [onerror]")).toHaveCount(
    0,
  );
  await expect(card.text.locator("body style, body meta")).toHaveCount(0);
  await expect(card.text.getByRole("link", { name: "bank.example [leads to evil.example]" })).toBeVisible();
  await expect(card.text.getByRole("link", { name: "good.example", exact: true })).toHaveAttribute(
    "rel",
    "noopener noreferrer",
  );
  await expect(card.text.getByText("a picture")).toBeVisible();
  await expect(card.root).toContainText("Pictures from the internet are off");
  const frame = card.root.locator("iframe.body");
  await expect(frame).toHaveAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
  expect(requests).toEqual([]);
  expect(await open.page.title()).toBe("Open a message – Signet");
});

test("two text parts stand in two documents (attacks 12 and 13)", async ({ open, file }) => {
  const part = (text: string): string => `--b\r\nContent-Type: text/html\r\n\r\n${text}\r\n`;
  const style = "<style>body { display: none }</style>";
  const message = `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${part(`${style}first<!--`)}${part("second")}--b--\r\n`;
  const card = await open.openMessage(file("two.eml", message));
  const frames = card.root.locator("iframe.body");
  await expect(frames).toHaveCount(2);
  await expect(frames.nth(0).contentFrame().getByText("first")).toBeVisible();
  await expect(frames.nth(1).contentFrame().getByText("second")).toBeVisible();
});

test("a picture of the same message is shown, one from elsewhere is not", async ({ open, file }) => {
  const gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
  const html = `<p>pictures</p><img src="cid:own@b.example" alt="own"><img src="cid:other@b.example" alt="other">`;
  const message = `From: a@b.example\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n${html}\r\n--b\r\nContent-Type: image/gif\r\nContent-ID: <own@b.example>\r\nContent-Transfer-Encoding: base64\r\n\r\n${gif}\r\n--b--\r\n`;
  const card = await open.openMessage(file("cid.eml", message));
  await expect(card.text.getByRole("img", { name: "own" })).toHaveAttribute("src", `data:image/gif;base64,${gif}`);
  await expect(card.text.getByText("other")).toBeVisible();
});

test("names in a certificate are text, also in the details (attack 52)", async ({ open, file }) => {
  const root = certificate().subject(`CN=${NAME},O=Root`).ca().build();
  const signer = certificate().subject(`CN=${NAME},O=${NAME}`).email("bob@practice.example").issuedBy(root).build();
  const header = ["From: bob@practice.example", "To: alice@practice.example", "Subject: names"];
  const message = Buffer.from(signedMail(textEntity("hello"), { signer }, { header }));
  const card = await open.openMessage(file("names.eml", message));
  await expect(card.headline).toContainText("<b>owned</b>");
  await card.root.getByRole("button", { name: "Details" }).click();
  await expect(card.root.locator(".questions")).toContainText("<b>owned</b>");
  await expect(card.root.locator("b, img[src=x]")).toHaveCount(0);
  expect(await open.page.title()).toBe("Open a message – Signet");
});

test("direction marks in a name or subject turn nothing around", async ({ alice, practice, file }) => {
  const entity = file("entity.mime", `Content-Type: text/plain\r\n\r\nhello\r\n`);
  const header = `From: =?utf-8?Q?=E2=80=AEnimda?= <bob@practice.example>\r\nSubject: =?utf-8?Q?a=E2=80=AEb?=\r\n`;
  const card = await alice.openMessage(
    file("bidi.eml", Buffer.concat([Buffer.from(header), sign(practice.bob, entity)])),
  );
  await expect(card.banner).toHaveAttribute("data-banner", "a7");
  expect(await card.root.innerText()).not.toContain("\u202e");
});
