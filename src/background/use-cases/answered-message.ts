import { SmimeError } from "../../engine/errors.ts";
import { fieldValue } from "../../engine/mime/header-field.ts";
import type { Mailbox } from "../../engine/mime/address.ts";
import type { Entity } from "../../engine/mime/entity.ts";
import { parseMessage } from "../../engine/mime/parse.ts";
import { leafText } from "../../engine/mime/transfer-encoding.ts";
import { openMessage, type OpenedMessage } from "../../engine/smime/open.ts";
import type { AddressView } from "../../messages/answers.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import type { AnsweredMessage } from "../../messages/secure-form.ts";
import type { MailContext } from "../mail-context.ts";
import { displayedParts } from "./displayed-parts.ts";
import { lockedIdentity } from "./locked-identity.ts";
import { htmlPolicy } from "./message-view.ts";
import { sourceOf } from "./read-in-page.ts";
import type { View } from "./views.ts";

type Source = Awaited<ReturnType<typeof sourceOf>>;

const fetchAnswered = async (view: View, context: MailContext): Promise<Source> =>
  sourceOf(await context.askPage(view, { name: "needAnswered", viewId: view.id }));

async function open(source: Uint8Array, context: MailContext, isLocked: boolean): Promise<OpenedMessage> {
  const locked = (await context.keys.certificates()).map(lockedIdentity);
  const identities = isLocked ? locked : ((await context.keys.unlocked()) ?? locked);
  const intermediates = await context.keys.issuers();
  return openMessage(source, { identities, anchors: await context.anchors(), intermediates, at: context.now() });
}

/**
 * Whether a form answers an encrypted message, so that it has to be encrypted itself. No key is needed to see it. Where
 * the message cannot be had, it may have been one (RFC 9787 section 5.4; invariant 1).
 */
export async function answersEncrypted(view: View, context: MailContext): Promise<boolean> {
  const source = await fetchAnswered(view, context);
  if ("kind" in source) return !(source.kind === "sourceFailed" && source.reason === "not-found");
  try {
    return (await open(source, context, true)).verdict.encryption !== "none";
  } catch (error) {
    if (error instanceof SmimeError) return true;
    throw error;
  }
}

const addressView = ({ name, address, nameShowsOtherAddress }: Mailbox): AddressView => ({
  name,
  address,
  nameShowsOtherAddress,
});

/**
 * What may be quoted: the text of the root that was shown, and nothing of what stands in other parts, alternatives,
 * attachments or messages inside it (attack 29). Where HTML was shown as words, it is quoted as words.
 */
function quotable(content: Entity, opened: OpenedMessage): AnsweredMessage["parts"] {
  const parts: { readonly type: "text" | "html"; readonly content: string }[] = [];
  const roles = displayedParts(content, htmlPolicy(opened.verdict));
  for (const { entity } of opened.parts) {
    const role = roles.get(entity);
    if (role === "text") parts.push({ type: "text", content: leafText(entity) });
    else if (role === "html" || role === "html-as-text") parts.push({ type: "html", content: leafText(entity) });
  }
  return parts;
}

const MESSAGE_IDS = /^(?:\s*<[^<>\s]{1,250}>)+\s*$/;

function messageIds(source: Uint8Array, name: string): string | null {
  const value = fieldValue(parseMessage(source), name);
  return value !== null && MESSAGE_IDS.test(value) ? value.trim().replace(/\s+/g, " ") : null;
}

/** The message that the form answers, opened for quoting. */
export async function readAnswered(view: View, context: MailContext): Promise<FrameEvent> {
  const source = await fetchAnswered(view, context);
  if ("kind" in source) {
    const isNone = source.kind === "sourceFailed" && source.reason === "not-found";
    return { kind: "answered", state: isNone ? "none" : "closed" };
  }
  try {
    const opened = await open(source, context, false);
    if (opened.verdict.encryption === "none") return { kind: "answered", state: "not-encrypted" };
    if (opened.verdict.encryption === "cannot-decrypt" || opened.content === null) {
      const isLocked = (await context.keys.unlocked()) === null;
      return { kind: "answered", state: isLocked ? "locked" : "closed" };
    }
    const { outerHeader, protectedHeader, content } = opened;
    const { from, replyTo, to, cc, subject, date } = protectedHeader ?? outerHeader;
    return {
      kind: "answered",
      state: "open",
      message: {
        from: from.map(addressView),
        replyTo: replyTo.map(addressView),
        to: to.map(addressView),
        cc: cc.map(addressView),
        subject,
        date,
        messageId: messageIds(source, "Message-ID"),
        references: messageIds(source, "References"),
        parts: quotable(content, opened),
      },
    };
  } catch (error) {
    if (error instanceof SmimeError) return { kind: "answered", state: "closed" };
    throw error;
  }
}
