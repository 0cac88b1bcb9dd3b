import { readFileSync } from "node:fs";
import { startOutlookWeb, type OutlookWeb } from "../servers/outlook-web/start.ts";
import type { PracticeMessage } from "./practice-messages.ts";
import type { Practice } from "./practice-people.ts";

/** The stand-in for Outlook on the web with everybody's mailbox, and the practice messages in alice's Inbox. */
export async function startPracticeMailbox(
  { alice, bob, carol, dan }: Practice,
  messages: readonly PracticeMessage[],
): Promise<OutlookWeb> {
  const server = await startOutlookWeb({ users: [alice, bob, carol, dan] });
  for (const { file } of messages) server.mailbox(alice.email).deliver(readFileSync(file));
  return server;
}
