import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ADDRESSES, expect, test } from "./mailbox.ts";

const seriousIn = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`);
};

for (const colorScheme of ["light", "dark"] as const) {
  test(`is no obstacle itself, ${colorScheme}: list, message and form`, async ({ server, mail }) => {
    await mail.page.emulateMedia({ colorScheme });
    server.mailbox(ADDRESSES.alice).deliver(`From: ${ADDRESSES.bob}\r\nSubject: Hello\r\n\r\ntext\r\n`);
    await mail.open("Hello");
    expect(await seriousIn(mail.page)).toEqual([]);
    await mail.answer("Reply");
    expect(await seriousIn(mail.page)).toEqual([]);
  });
}
