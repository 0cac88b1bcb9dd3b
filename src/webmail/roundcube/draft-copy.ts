import type { SourceReply } from "../../messages/content-requests.ts";
import { attachmentsOf, draftIdOf, isForPgp, setDraftId, textOf, type ComposeForm } from "./compose-form.ts";
import type { FetchSource, MessagePlace } from "./message-source.ts";
import type { PageSettings } from "./page-settings.ts";
import type { Refused, Service } from "./service.ts";

/** The message that a draft answers or forwards, as Roundcube notes it in the draft. */
export interface FollowedMessage extends MessagePlace {
  readonly how: "answered" | "forwarded";
}

const FLAGS: Readonly<Record<string, FollowedMessage["how"]>> = { reply: "answered", forward: "forwarded" };

/** How much of a draft is looked at for its header; Roundcube writes the field above the parts. Bytes. */
const HEADER_SIZE = 64 * 1024;

async function headerOf(message: Blob): Promise<string> {
  const [header = ""] = (await message.slice(0, HEADER_SIZE).text()).split(/\r?\n\r?\n/, 1);
  return header;
}

function decodeFolder(text: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.fromBase64(text));
  } catch {
    return null;
  }
}

/** `X-Draft-Info: type=reply; uid=1; folder=B::SU5CT1g=` */
export async function followedMessage(draft: Blob): Promise<FollowedMessage | null> {
  const field = /^X-Draft-Info:((?:[^\r\n]|\r?\n[ \t])*)/im.exec(await headerOf(draft))?.[1] ?? "";
  const [, type = ""] = /\btype=(\w+)/.exec(field) ?? [];
  const [, uid] = /\buid=([\d:,]+)/.exec(field) ?? [];
  const [, folder] = /\bfolder=B::([A-Za-z0-9+/=]+)/.exec(field) ?? [];
  const how = Object.hasOwn(FLAGS, type) ? FLAGS[type] : undefined;
  const name = folder === undefined ? null : decodeFolder(folder);
  return how === undefined || uid === undefined || name === null ? null : { how, uid, folder: name };
}

/** Whether a message is encrypted, or signed opaque, by its own header (RFC 8551 section 3.2). */
export const isEncrypted = async (message: Blob): Promise<boolean> =>
  /^Content-Type:\s*application\/(?:x-)?pkcs7-mime\b/im.test(await headerOf(message));

/** Whether Roundcube's server has encrypted a draft with files (RFC 3156 section 4): nobody but it opens that. */
export const isPgp = async (message: Blob): Promise<boolean> =>
  /^Content-Type:\s*multipart\/encrypted\b/im.test(await headerOf(message));

/** What the page's own Save hands over. */
function savedForm(form: ComposeForm): FormData {
  const data = new FormData(form.form);
  const content = textOf(form);
  if (content !== null) data.set("_message", "html" in content ? content.html : content.text);
  data.set("_draft", "1");
  data.delete("_framed");
  return data;
}

/** Fields with words of the person's. */
const WRITTEN = ["_to", "_cc", "_bcc", "_subject", "_message"];

/** The same without a word of the form: what the server adds by itself is all there is in it. */
function savedWithoutText(form: ComposeForm): FormData {
  const data = savedForm(form);
  for (const name of WRITTEN) data.set(name, "");
  data.set("_is_html", "0");
  // Files that the server encrypts could not be read back.
  data.delete("_enigma_encrypt");
  return data;
}

async function save(data: FormData, service: Service): Promise<string | Refused> {
  const result = await service({ action: "send", form: data });
  if (!result.ok) return result;
  const uid = result.calls.find(({ name }) => name === "set_draft_id")?.values[0];
  return typeof uid === "string" ? uid : { ok: false, reason: "refused", text: "", isSure: false };
}

/** Whether the server has a part in the form that the page does not show: files, what it answers, a draft. */
export const isOnServer = (form: ComposeForm, { mode }: PageSettings): boolean =>
  attachmentsOf(form).length > 0 || mode !== null || draftIdOf(form) !== null;

/** Saves the server's part alone, in place of the draft that it has. */
export const saveWithoutText = (form: ComposeForm, service: Service): Promise<string | Refused> =>
  save(savedWithoutText(form), service);

/**
 * The draft, saved as the page's own Save does it: the files of a form are only in the server's session, and what it
 * answers too. A form that has neither leaves the server alone.
 */
export async function fetchDraftCopy(
  form: ComposeForm,
  settings: PageSettings,
  service: Service,
  fetchSource: FetchSource,
): Promise<SourceReply> {
  if (isForPgp(form)) return { ok: false, reason: "page-encrypts", text: "" };
  if (!isOnServer(form, settings) || settings.drafts === null) return { ok: false, reason: "not-found", text: "" };
  const uid = await save(savedForm(form), service);
  if (typeof uid !== "string") return { ok: false, reason: uid.reason, text: uid.text };
  setDraftId(form, uid);
  return fetchSource({ folder: settings.drafts, uid });
}
