import { writeFileSync } from "node:fs";
import { openssl } from "../tools/practice-people.ts";
import { arrived, expect, SecureForm, test } from "../pages/secret-story.ts";

test("alice encrypts what she has begun: bob and she read it with OpenSSL, and nobody else", async ({
  secretMail: mail,
  secrets,
  site,
  practice,
  decrypt,
  file,
}) => {
  const compose = await mail.newMail();
  await compose.write({ to: [practice.bob.email], subject: "Begun openly", text: "Begun. " });
  const form = await SecureForm.turnOn(mail);
  await expect(form.chip(practice.bob.email)).toHaveAttribute("data-status", "ready");
  await expect(form.subject).toHaveValue("Begun openly");
  await expect(form.editor).toContainText("Begun.");
  await form.write({ subject: secrets.subject, text: secrets.text });
  const buffer = Buffer.from(secrets.fileText);
  await form.attach({ name: secrets.fileName, mimeType: "text/plain", buffer });
  await form.send();
  await compose.closed();

  const { bob, alice, carol, ca } = practice;
  const received = await arrived(site.mailbox(bob.email));
  const [copy] = await site.mailbox(alice.email).sent();
  for (const [message, reader] of [
    [received, bob],
    [copy, alice],
  ] as const) {
    const inside = decrypt(message ?? Buffer.alloc(0), reader);
    const signed = file("inside.mime", inside ?? "");
    const text = openssl(
      "cms",
      "-verify",
      "-in",
      signed,
      "-CAfile",
      ca.certificate,
      "-purpose",
      "smimesign",
    ).toString();
    for (const secret of [secrets.text, secrets.subject, secrets.fileName, "Begun."]) expect(text).toContain(secret);
    expect(text).toContain(buffer.toString("base64"));
    writeFileSync(signed, "");
  }
  expect(decrypt(received, carol)).toBeNull();
  expect(received.toString("latin1")).toMatch(/^Subject: \[\.\.\.\]\r$/m);
  expect(await site.mailbox(alice.email).drafts()).toEqual([]);
  expect(await site.mailbox(alice.email).trash()).toEqual([]);
});
