import type { Webmail } from "../adapter.ts";
import { afterChanges } from "../dom/page-changes.ts";
import { theOne } from "../dom/selector.ts";
import { trackedElements } from "../dom/tracked-elements.ts";
import { fetchAnswered, type Answered } from "./answered.ts";
import { draftIdOf, formOf, isForPgp, readForm, storeTargetOf } from "./compose-form.ts";
import { fetchDraftCopy, followedMessage, type FollowedMessage } from "./draft-copy.ts";
import { fetchItem, folderMessages, foldersOf, isInSent, type Folders } from "./folders.ts";
import { holdSend } from "./held-send.ts";
import { leaveForm } from "./leaving.ts";
import { sourceFetcher, type MessagePlace } from "./message-source.ts";
import { readPageSettings, type PageSettings } from "./page-settings.ts";
import { suggestPeople } from "./people.ts";
import { findMessage } from "./reading.ts";
import { savedDraft } from "./saved-draft.ts";
import { APP } from "./selectors.ts";
import { sendingBy } from "./sending.ts";
import { roundcubeService, type Service } from "./service.ts";
import { sessionOf } from "./session.ts";
import { takenForm } from "./taken-form.ts";

/** Whether the page is one of Roundcube's mail, by what it is made of: its address may be any. */
export const isRoundcube = (document: Document): boolean =>
  theOne(document, APP) !== null && readPageSettings(document) !== null;

/** What Roundcube does after its own Send: the draft goes, and the message that was answered is marked. */
async function tidyUp(
  service: Service,
  { drafts }: PageSettings,
  draftId: string | null,
  followed: FollowedMessage | null,
): Promise<void> {
  if (followed !== null) {
    const { folder, uid, how } = followed;
    await service({ action: "mark", form: { _mbox: folder, _uid: uid, _flag: how, _quiet: "1" } });
  }
  if (drafts !== null && draftId !== null) {
    await service({ action: "delete", form: { _mbox: drafts, _uid: draftId } });
  }
}

/** Roundcube 1.4 and later, as it comes: nothing is installed on its server (README.md). */
export function roundcube(document: Document, fetch: typeof globalThis.fetch): Webmail {
  return {
    observe(listener, signal) {
      const settings = readPageSettings(document);
      const window = document.defaultView;
      if (settings === null || window === null) return;
      const session = sessionOf(settings, fetch);
      const service = roundcubeService(settings, session, fetch);
      const fetchSource = sourceFetcher(settings, session, fetch);
      const messages = trackedElements(signal);
      const forms = trackedElements(signal);
      const look = (): void => {
        const found = findMessage(document, settings);
        messages(found, (anchor, end) => {
          const place = JSON.parse(found.get(anchor) ?? "null") as MessagePlace | null;
          listener.message({
            anchor,
            end,
            fetchSource: () =>
              place === null ? Promise.resolve({ ok: false, reason: "page-unknown", text: "" }) : fetchSource(place),
          });
        });
        const form = formOf(document);
        forms(new Map(form === null ? [] : [[form.header, "compose"]]), (anchor, end) => {
          if (form === null) return;
          let followed: FollowedMessage | null = null;
          let answered: Answered | null = null;
          const saved = savedDraft(service, settings.drafts);
          const taken = takenForm({ form, settings, service, fetchSource, fetch, end });
          const folders = (): Folders => foldersOf(settings, storeTargetOf(form));
          listener.compose({
            anchor,
            end,
            readDraft: () => readForm(form, settings),
            fetchDraftSource: async () => {
              const reply = await fetchDraftCopy(form, settings, service, fetchSource);
              followed = reply.ok && reply.source instanceof Blob ? await followedMessage(reply.source) : null;
              return reply;
            },
            holdSend: (onAttempt, stop) => {
              holdSend(window, onAttempt, stop);
            },
            ...sendingBy({
              settings,
              service,
              fetchSource,
              // With Encrypt on, the page's form has nothing to say any more.
              heldFor: () => (isForPgp(form) && !taken.isTaken() ? "page-encrypts" : null),
              storeTarget: () => storeTargetOf(form),
              whenSent: () => tidyUp(service, settings, draftIdOf(form), followed),
              now: Date.now,
            }),
            ...taken,
            finish: async () => {
              await saved.remove();
              leaveForm(window, settings);
            },
            isAnswer: settings.mode !== null,
            fetchAnswered: async () => {
              // A draft that says what it answers is gone once it was taken over.
              if (answered?.source.ok !== true)
                answered = await fetchAnswered({ form, settings, service, fetchSource });
              followed = answered.followed ?? followed;
              return answered.source;
            },
            suggest: (text) => suggestPeople(service, text),
            listMessages: (folder) => folderMessages(service, folders()[folder]),
            fetchMessage: (item) => fetchItem(fetchSource, item),
            saveDraft: (message) => saved.save(message),
            adoptDraft: (item) => {
              saved.adopt(item);
            },
            findSent: (messageId) => isInSent(service, folders().sentitems, messageId),
          });
        });
      };
      afterChanges(document.documentElement, [], look, signal);
    },
  };
}
