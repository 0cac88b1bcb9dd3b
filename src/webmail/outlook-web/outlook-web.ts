import type { Webmail } from "../adapter.ts";
import { afterChanges } from "../dom/page-changes.ts";
import { trackedElements } from "../dom/tracked-elements.ts";
import { answering } from "./answering.ts";
import { discard, draftId, findForms, formOf, readForm } from "./compose-form.ts";
import { folderMessages, isInSent } from "./folders.ts";
import { holdSend } from "./held-send.ts";
import { fetchItemSource } from "./item-source.ts";
import { suggestPeople } from "./people.ts";
import { fetchMessage, findMessages } from "./reading.ts";
import { savedDraft } from "./saved-draft.ts";
import { APP, WATCHED_ATTRIBUTES } from "./selectors.ts";
import { sendingBy } from "./sending.ts";
import type { Service } from "./service.ts";
import { takenForm } from "./taken-form.ts";

/** Whether the page is one of Outlook on the web, by what it is made of: its address may be any. */
export const isOutlookWeb = (document: Document): boolean => document.querySelector(APP) !== null;

/** Outlook on the web: Exchange 2016 to 2019 and Microsoft 365 (outlook-web.md). */
export function outlookWeb(document: Document, service: Service, fetch: typeof globalThis.fetch): Webmail {
  return {
    observe(listener, signal) {
      const messages = trackedElements(signal);
      const forms = trackedElements(signal);
      const answers = answering(document, signal);
      const look = (): void => {
        const identities = findMessages(document, document.location.pathname);
        answers.seen(identities);
        messages(identities, (anchor, end) => {
          const identity = identities.get(anchor) ?? "null";
          listener.message({ anchor, end, fetchSource: () => fetchMessage(service, identity) });
        });
        forms(findForms(document), (editor, end) => {
          const form = formOf(editor);
          if (form === null) return;
          const sending = sendingBy(service);
          const saved = savedDraft(service);
          const answered = answers.answeredBy(form);
          listener.compose({
            anchor: form.root.firstElementChild ?? editor,
            end,
            readDraft: () => readForm(form),
            fetchDraftSource: () => {
              const id = draftId(form);
              return id === null
                ? Promise.resolve({ ok: false, reason: "not-found", text: "" })
                : fetchItemSource(service, id);
            },
            holdSend: (onAttempt, stop) => {
              holdSend(form, onAttempt, stop);
            },
            ...sending,
            ...takenForm(form, { service, fetch, end }),
            finish: async () => {
              discard(form);
              await saved.remove();
            },
            isAnswer: answered !== null,
            fetchAnswered: () =>
              answered === null
                ? Promise.resolve({ ok: false, reason: "not-found", text: "" })
                : fetchMessage(service, answered),
            suggest: (text) => suggestPeople(service, text),
            listMessages: (folder) => folderMessages(service, folder),
            fetchMessage: (item) => fetchItemSource(service, item),
            saveDraft: (message) => saved.save(message),
            adoptDraft: (item) => {
              saved.adopt(item);
            },
            findSent: (messageId) => isInSent(service, messageId),
          });
        });
      };
      afterChanges(document.documentElement, WATCHED_ATTRIBUTES, look, signal);
    },
  };
}
