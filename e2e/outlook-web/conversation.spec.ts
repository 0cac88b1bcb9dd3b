import { readFileSync } from "node:fs";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";

test(
  "each message of a conversation has a verdict of its own",
  differs("a verdict for each message of a conversation", "shows one message at a time"),
  async ({ aliceMail: mail, webmail, practice, message }) => {
    const box = webmail.mailbox(practice.alice.email);
    box.deliver(readFileSync(message("signed")));
    const altered = readFileSync(message("altered"), "latin1");
    box.deliver(
      altered
        .replace(/^Subject: .*$/m, "Subject: Signed")
        .replace(
          /^Message-ID: .*$/m,
          "Message-ID: <answer@practice.example>\r\nIn-Reply-To: <Signed@practice.example>",
        ),
    );
    await mail.page.locator("[data-convid]").first().click();
    const newest = await mail.messageFrame(0);
    const oldest = await mail.messageFrame(1);
    await expect(newest.locator("[data-banner]")).toHaveAttribute("data-banner", "a22");
    await expect(oldest.locator("[data-banner]")).toHaveAttribute("data-banner", "a7");
  },
);
