import { readFileSync } from "node:fs";
import { outlookWebSite, roundcubeSite, type MailSite } from "../pages/mail-site.ts";
import type { WebmailName } from "../pages/webmail-story.ts";
import { startOutlookWeb } from "../servers/outlook-web/start.ts";
import { startRoundcube } from "../servers/roundcube/start.ts";
import type { PracticeMessage } from "./practice-messages.ts";
import type { Practice } from "./practice-people.ts";

/** A webmail with everybody's mailbox, as long as it runs. */
export interface PracticeSite extends MailSite {
  readonly close: () => Promise<void>;
}

async function start(webmail: WebmailName, { alice, bob, carol, dan }: Practice): Promise<PracticeSite> {
  const users = [alice, bob, carol, dan];
  if (webmail === "roundcube") {
    const server = await startRoundcube({ users });
    return { ...roundcubeSite(server), close: server.close };
  }
  const server = await startOutlookWeb({ users });
  return { ...outlookWebSite(server), close: server.close };
}

/** Starts the webmail with the practice messages in alice's Inbox. */
export async function startPracticeMailbox(
  webmail: WebmailName,
  practice: Practice,
  messages: readonly PracticeMessage[],
): Promise<PracticeSite> {
  const site = await start(webmail, practice);
  for (const { file } of messages) await site.mailbox(practice.alice.email).deliver(readFileSync(file));
  return site;
}
