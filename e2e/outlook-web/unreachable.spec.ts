import type { FaultKind } from "../servers/outlook-web/faults.ts";
import { differs } from "../pages/differs.ts";
import { expect, test } from "../pages/mail-story.ts";

const FAULTS: readonly (readonly [kind: FaultKind, banner: string])[] = [
  ["expired", "f4"],
  ["html", "f4"],
  ["throttled", "f3"],
  ["garbled", "f3"],
];

for (const [kind, banner] of FAULTS) {
  test(
    `when the original does not load (${kind}) it is not checked, says why, and is checked when asked again`,
    differs("its service's failures while a message is read, one by one", "the same frames; its answers in unit tests"),
    async ({ aliceMail: mail, deliver, webmail }) => {
      deliver("signed");
      const heal = webmail.faults.add({ kind, action: "GetItem" });
      await mail.open("Signed");
      const frame = await mail.messageFrame();
      await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", banner);
      await expect(mail.body()).toContainText("The harvest report is ready");
      heal();
      await frame.getByRole("button", { name: "Try again" }).click();
      await expect(frame.locator("[data-banner]")).toHaveAttribute("data-banner", "a7");
    },
  );
}
