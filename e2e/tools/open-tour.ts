import type { Extension } from "../pages/extension.ts";
import { OpenPage } from "../pages/open-page.ts";
import type { PracticeMessage } from "./practice-messages.ts";
import type { Tour } from "./tour.ts";

/** Practice messages and files of the person, by the page *Open a message*. */
export async function openFiles(
  { context, baseUrl }: Extension,
  messages: readonly PracticeMessage[],
  files: readonly string[],
  tour: Tour,
): Promise<void> {
  const open = await OpenPage.open(context, baseUrl);
  const visit = async (name: string, file: string, expected?: string): Promise<void> => {
    await tour.step(name, async () => {
      const card = await open.openMessage(file);
      const seen = await card.bannerId();
      return { page: open.page, seen, expected: expected ?? seen, words: await card.headline.innerText() };
    });
    await open.page.getByRole("button", { name: /^Close / }).click();
  };
  for (const { name, file, banner } of messages) await visit(`Open ${name}.eml`, file, banner);
  for (const [index, file] of files.entries()) await visit(`Open file ${String(index + 1)}`, file);
}
