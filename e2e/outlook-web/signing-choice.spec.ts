import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { makePerson, openssl } from "../tools/practice-people.ts";
import { differs } from "../pages/differs.ts";
import { takeIdentity } from "../pages/own-identity.ts";
import { expect, PASSPHRASE, sendSigned, test, turnSignOn } from "../pages/mail-story.ts";

test(
  "of several certificates that fit, the one that was chosen signs",
  differs("one of several certificates signs", "the same code; not run twice"),
  async ({ aliceMail: mail, extension, practice, webmail, file }) => {
    const folder = join(practice.folder, "second");
    mkdirSync(folder, { recursive: true });
    const second = makePerson(folder, practice.ca, "alice", "Alice A. Archer");
    await takeIdentity(extension, { p12: second.p12, passphrase: PASSPHRASE });
    await mail.page.bringToFront();
    const form = await mail.newMail();
    await form.write({ to: ["bob@practice.example"], subject: "Choice", text: "Signed by which?" });
    const frame = await mail.composeFrame();
    await turnSignOn(frame);
    const choice = frame.getByLabel("Signed as");
    await expect(choice.locator("option")).toHaveCount(2);
    for (const { certificate } of [practice.alice, second]) {
      const der = openssl("x509", "-in", certificate, "-noout", "-fingerprint", "-sha256").toString();
      const fingerprint = der.split("=")[1]?.trim().replaceAll(":", "").toLowerCase() ?? "";
      await expect(choice.locator(`option[value="${fingerprint}"]`)).toHaveCount(1);
      if (certificate === second.certificate) await choice.selectOption(fingerprint);
    }
    await sendSigned(frame);
    await form.closed();
    const received = file("received.eml", webmail.mailbox(practice.bob.email).inbox()[0]?.mime ?? "");
    const signer = file("signer.pem", "");
    openssl(
      ...[
        "cms",
        "-verify",
        "-in",
        received,
        "-CAfile",
        practice.ca.certificate,
        "-signer",
        signer,
        "-out",
        "/dev/null",
      ],
    );
    const pem = (path: string): string => openssl("x509", "-in", path).toString();
    expect(pem(signer)).toBe(pem(second.certificate));
    expect(readFileSync(signer, "utf8")).not.toBe("");
  },
);
