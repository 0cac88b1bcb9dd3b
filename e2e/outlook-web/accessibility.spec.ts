import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { ADDRESSES, expect, test } from "./mailbox.ts";
import { differs } from "../pages/differs.ts";

const seriousIn = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    found.push(...serious.map(({ id, nodes }) => `${colorScheme}: ${id}: ${nodes.map(({ html }) => html).join(", ")}`));
  }
  return found;
};

test(
  "is no obstacle itself: list, message and form",
  differs("its stand-in is no obstacle to keyboard and screen reader", "its own page; nothing of ours"),
  async ({ server, mail }) => {
    server.mailbox(ADDRESSES.alice).deliver(`From: ${ADDRESSES.bob}\r\nSubject: Hello\r\n\r\ntext\r\n`);
    await mail.open("Hello");
    expect(await seriousIn(mail.page)).toEqual([]);
    await mail.answer("Reply");
    expect(await seriousIn(mail.page)).toEqual([]);
  },
);
