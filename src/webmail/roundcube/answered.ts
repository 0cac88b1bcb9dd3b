import type { SourceReply } from "../../messages/content-requests.ts";
import { attachmentsOf, draftIdOf, type ComposeForm } from "./compose-form.ts";
import { followedMessage, isEncrypted, type FollowedMessage } from "./draft-copy.ts";
import { findMessages, isFound } from "./folders.ts";
import type { FetchSource } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import type { Service } from "./service.ts";

/** The message that a form answers, or why it is not at hand, and where it is. */
export interface Answered {
  readonly source: SourceReply;
  readonly followed: FollowedMessage | null;
}

const without = (reason: "not-found" | "page-unknown"): Answered => ({
  source: { ok: false, reason, text: "" },
  followed: null,
});
const ANSWERS_NONE = without("not-found");
/** It may answer an encrypted message, for all that is known. */
const NOT_KNOWN = without("page-unknown");

export interface AnsweredParts {
  readonly form: ComposeForm;
  readonly settings: PageSettings;
  readonly service: Service;
  readonly fetchSource: FetchSource;
}

/**
 * The page names the message by its Message-ID only; a draft says in its header which one it is. Two messages of the same
 * name are none: which of them is meant, nobody knows.
 */
export async function fetchAnswered({ form, settings, service, fetchSource }: AnsweredParts): Promise<Answered> {
  const { mode, answered, folder, drafts } = settings;
  if (mode === "reply" || mode === "forward") {
    const found = answered === null ? [] : await findMessages(service, folder, answered);
    if (!isFound(found)) return { source: { ok: false, reason: found.reason, text: found.text }, followed: null };
    const [uid, ...more] = found;
    if (uid === undefined || more.length > 0) return NOT_KNOWN;
    const how = mode === "reply" ? "answered" : "forwarded";
    return { source: await fetchSource({ folder, uid }), followed: { folder, uid, how } };
  }
  const draftId = draftIdOf(form);
  if (mode === "draft") {
    if (draftId === null || drafts === null) return NOT_KNOWN;
    const draft = await fetchSource({ folder: drafts, uid: draftId });
    if (!draft.ok || !(draft.source instanceof Blob)) return { source: draft, followed: null };
    if (await isEncrypted(draft.source)) return NOT_KNOWN;
    const followed = await followedMessage(draft.source);
    return followed === null ? ANSWERS_NONE : { source: await fetchSource(followed), followed };
  }
  // "Edit as new" gives the parts of an encrypted message as files, since Roundcube cannot open it.
  return attachmentsOf(form).some((name) => /\.p7[ms]$/i.test(name)) ? NOT_KNOWN : ANSWERS_NONE;
}
