import { answerTo } from "./answer.ts";
import { createComposeForm, type ComposeForm, type ComposeStart } from "./compose.ts";
import { element } from "./element.ts";
import { createFrame } from "./frame.ts";
import { createMessageList } from "./list.ts";
import { bodyFragment } from "./message-body.ts";
import { readPlace, writePlace, type Place } from "./place.ts";
import { createConversation, type Conversation } from "./reading.ts";
import { canary, itemId, serviceFor, SessionEnded, type Message, type Service } from "./service.ts";

interface Settings {
  readonly SessionSettings: {
    readonly UserDisplayName: string;
    readonly UserEmailAddress: string;
    readonly SharedMailboxes: readonly string[];
  };
  readonly AutosaveMilliseconds: number;
}

const app = document.querySelector<HTMLElement>("#app");
if (app === null) throw new Error("no element for the page");

const started = await fetch("/owa/sessiondata.ashx?appcacheclient=0", {
  method: "POST",
  headers: { "X-OWA-CANARY": canary() },
});
if (!started.ok) location.assign("/owa/auth/logon.aspx");
const settings = ((await started.json()) as { OwaUserConfig: Settings }).OwaUserConfig;
const { UserDisplayName, UserEmailAddress, SharedMailboxes } = settings.SessionSettings;
document.title = `Mail - ${UserDisplayName}`;

let place = readPlace(location.pathname);
let service: Service = serviceFor(place.shared);
let form: ComposeForm | null = null;
let conversation: { readonly id: string; readonly view: Conversation } | null = null;

const frame = createFrame(app, `${UserDisplayName} <${UserEmailAddress}>`, SharedMailboxes, {
  compose: () => {
    attempt(compose({}));
  },
  folder: (shared, folder) => {
    attempt(go({ shared, folder, itemId: null, isComposing: false }));
  },
});
const list = createMessageList((messages) => {
  attempt(openMessages(messages));
});
frame.listPane.append(list.root);

function failed(error: unknown): void {
  if (error instanceof SessionEnded) location.assign("/owa/auth/logon.aspx");
  else frame.complain(error instanceof Error ? error.message : String(error));
}

function attempt(work: Promise<void>): void {
  frame.complain("");
  work.catch(failed);
}

function moveTo(next: Place, how: "push" | "replace" = "push"): void {
  place = next;
  const path = writePlace(place);
  if (path === location.pathname) return;
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
}

function showNothing(): void {
  conversation = null;
  list.select(null);
  frame.readingPane.replaceChildren(element("p", { class: "nothing" }, "Select an item to read"));
}

async function leaveForm(): Promise<void> {
  const left = form;
  form = null;
  await left?.leave();
}

async function refreshList(): Promise<void> {
  const { shared, folder } = place;
  const messages = await service.messages(folder);
  if (shared !== place.shared || folder !== place.folder) return;
  frame.markFolder(shared, folder);
  list.show(messages);
}

async function showConversation(id: string): Promise<void> {
  const messages = await service.conversation(id);
  if (form !== null) return;
  if (conversation?.id !== id) {
    const view = createConversation(id, {
      answer: (kind, message) => {
        const own = place.shared ?? UserEmailAddress;
        attempt(compose(answerTo(message, kind, own)));
      },
      remove: (message) => {
        attempt(remove(message));
      },
    });
    conversation = { id, view };
    frame.readingPane.replaceChildren(view.root);
  }
  conversation.view.update(messages);
  list.select(id);
}

async function remove({ ItemId }: Message): Promise<void> {
  await service.call("DeleteItem", { ItemIds: [itemId(ItemId)], DeleteType: "MoveToDeletedItems" });
  await refresh();
}

async function openMessages(messages: readonly Message[]): Promise<void> {
  const [newest] = messages;
  if (newest === undefined) return;
  await leaveForm();
  if (newest.IsDraft && newest.ItemClass === "IPM.Note") {
    await openDraft(newest);
    return;
  }
  moveTo({ ...place, itemId: newest.ItemId.Id, isComposing: false });
  await showConversation(newest.ConversationId.Id);
}

async function openDraft(draft: Message): Promise<void> {
  await compose({
    to: draft.ToRecipients,
    cc: draft.CcRecipients,
    bcc: draft.BccRecipients ?? [],
    subject: draft.Subject,
    content: bodyFragment(draft.Body),
    draft: draft.ItemId,
  });
}

async function compose(start: ComposeStart): Promise<void> {
  await leaveForm();
  const before = place;
  const opened = createComposeForm(service, start, settings.AutosaveMilliseconds, {
    closed: () => {
      if (form !== opened) return;
      form = null;
      moveTo({ ...before, isComposing: false });
      showNothing();
      attempt(refresh());
    },
    failed,
    saved: (id) => {
      if (form === opened) moveTo({ ...place, itemId: id, isComposing: true }, "replace");
    },
  });
  conversation = null;
  form = opened;
  moveTo({ ...place, itemId: start.draft?.Id ?? null, isComposing: true });
  frame.readingPane.replaceChildren(opened.root);
  opened.focus();
}

let refreshing: Promise<void> | null = null;
let isRefreshDue = false;

/** Lists the folder again, and the conversation that is open; changes that come meanwhile are one more round. */
function refresh(): Promise<void> {
  isRefreshDue = true;
  const rounds = async (): Promise<void> => {
    while (isRefreshDue) {
      isRefreshDue = false;
      await refreshOnce();
    }
  };
  refreshing ??= rounds().finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function refreshOnce(): Promise<void> {
  await refreshList();
  if (form !== null || place.itemId === null || place.isComposing) return;
  try {
    const open = conversation?.id ?? (await service.message(place.itemId)).ConversationId.Id;
    await showConversation(open);
  } catch (error) {
    if (error instanceof SessionEnded) throw error;
    // Deleted, or moved, here or elsewhere.
    moveTo({ ...place, itemId: null }, "replace");
    showNothing();
  }
}

async function go(next: Place, isBack = false): Promise<void> {
  await leaveForm();
  if (next.shared !== place.shared) service = serviceFor(next.shared);
  if (isBack) place = next;
  else moveTo(next);
  showNothing();
  await refreshList();
  if (next.itemId === null) {
    if (next.isComposing) await compose({});
    return;
  }
  const message = await service.message(next.itemId);
  if (next.isComposing || message.IsDraft) await openDraft(message);
  else await showConversation(message.ConversationId.Id);
}

addEventListener("popstate", () => {
  attempt(go(readPlace(location.pathname), true));
});
const changes = new EventSource("/app/changes");
changes.addEventListener("message", () => {
  refresh().catch(failed);
});
// What came between the first list and the beginning of the stream is in neither.
changes.addEventListener("open", () => {
  attempt(refreshList());
});
attempt(go(place, true));
