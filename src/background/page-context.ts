import type { TrustAnchor } from "../engine/x509/trust-anchor.ts";
import { attempts, type Attempts } from "../keys/software/attempts.ts";
import { indexedDbKeyStore, type IndexedDbKeyStore } from "../keys/software/indexed-db-key-store.ts";
import { sessionVault, type SessionVault } from "../keys/software/session-vault.ts";
import { vault, type Vault } from "../keys/software/vault.ts";
import type { ShownVerdict } from "../messages/page-answers.ts";
import type { GivenValues } from "../settings/resolve.ts";
import { anchorRows, type AnchorRow } from "../storage/anchors.ts";
import { contactRows, type ContactRow } from "../storage/contacts.ts";
import { draftFileRows, draftRows, type DraftFileRow, type DraftRow } from "../storage/drafts.ts";
import { database, type Persistence } from "../storage/database.ts";
import { identityRows } from "../storage/identities.ts";
import { personRows, type PersonRow } from "../storage/people.ts";
import { VaultRow } from "../storage/names.ts";
import type { Rows } from "../storage/rows.ts";
import type { SessionMemory } from "../storage/session-memory.ts";
import { settingRows, type SettingRow } from "../storage/settings.ts";
import { verifiedRows, type VerifiedRow } from "../storage/verified.ts";
import { attemptsRows, vaultRows } from "../storage/vault.ts";
import { Refusal } from "./refusal.ts";
import { questionsIn, type Questions } from "./use-cases/questions.ts";
import { currentSettings } from "./use-cases/settings.ts";

/** What the use-cases of our own pages work on. Everything in it can be made again after the worker has died. */
export interface PageContext {
  readonly vault: Vault;
  readonly sessionVault: SessionVault;
  readonly keys: IndexedDbKeyStore;
  readonly anchors: Rows<AnchorRow>;
  readonly contacts: Rows<ContactRow>;
  readonly people: Rows<PersonRow>;
  readonly verified: Rows<VerifiedRow>;
  readonly drafts: Rows<DraftRow>;
  readonly draftFiles: Rows<DraftFileRow>;
  readonly questions: Questions;
  /** Slows down guessing the passwords of messages. */
  readonly passwordAttempts: Attempts;
  /**
   * Opens the message of a view with a password.
   *
   * @throws {Refusal} `password.wrong`, `password.wait`, `password.gone`
   */
  readonly openInView: (viewId: string, password: string) => Promise<void>;
  readonly settings: Rows<SettingRow>;
  readonly builtInRoots: () => Promise<readonly TrustAnchor[]>;
  /** `storage.managed`; empty where there is none, `null` where the browser does not say it. */
  readonly managed: () => Promise<GivenValues | null>;
  /** Match patterns that the browser has granted. */
  readonly grantedPatterns: () => Promise<readonly string[]>;
  /** What the messages of a tab are found to be. */
  readonly verdictsInTab: (tabId: number) => Promise<readonly ShownVerdict[]>;
  readonly now: () => Date;
}

/** What of a browser the context is made of. */
export interface PageContextParts extends Pick<
  PageContext,
  "builtInRoots" | "managed" | "grantedPatterns" | "verdictsInTab" | "openInView"
> {
  readonly session: SessionMemory;
  readonly persistence: Persistence;
  /** Called when a key was opened by an act of a person. */
  readonly opened: () => void;
  /** Called when a person has locked the keys. */
  readonly locked: () => void;
  /** Called when a person has answered a question of a view. */
  readonly answered: (viewId: string, isConfirmed: boolean) => void;
  /** ms since 1970. */
  readonly now: () => number;
}

/** The same; whoever looks after the time of opened keys hears of a new one. */
function announcedSession(own: SessionVault, opened: () => void): SessionVault {
  return {
    ...own,
    async keyOrNew(onNew) {
      const key = await own.keyOrNew(onNew);
      opened();
      return key;
    },
  };
}

/** The same vault; whoever waits for it hears when a person has opened or locked it. */
function announced(own: Vault, { opened, locked }: Pick<PageContextParts, "opened" | "locked">): Vault {
  return {
    ...own,
    async create(protection) {
      await own.create(protection);
      opened();
    },
    async unlock(passphrase) {
      await own.unlock(passphrase);
      opened();
    },
    async changeProtection(current, next) {
      await own.changeProtection(current, next);
      opened();
    },
    async lock(by) {
      await own.lock(by);
      if (by === "person") locked();
    },
  };
}

export function pageContext(parts: PageContextParts): PageContext {
  const { session, persistence, now, builtInRoots, managed, grantedPatterns, verdictsInTab, openInView } = parts;
  const own = database(persistence);
  const settings = settingRows(own);
  const unlockedFor = async (): Promise<number> =>
    (await currentSettings({ settings, managed })).settings.StayUnlockedMinutes.value * 60_000;
  const rows = { vault: vaultRows(own), attempts: attemptsRows(own) };
  const opened = announced(vault({ ...rows, session, now, unlockedFor }), parts);
  const forSession = announcedSession(sessionVault(session, now), parts.opened);
  const date = (): Date => new Date(now());
  return {
    vault: opened,
    sessionVault: forSession,
    keys: indexedDbKeyStore({ identities: identityRows(own), vault: opened, session: forSession, now: date }),
    anchors: anchorRows(own),
    contacts: contactRows(own),
    people: personRows(own),
    verified: verifiedRows(own),
    drafts: draftRows(own),
    draftFiles: draftFileRows(own),
    questions: questionsIn(session, parts.answered),
    passwordAttempts: attempts(
      rows.attempts,
      VaultRow.passwordAttempts,
      now,
      (waitUntil) => new Refusal("password.wait", { waitUntil }),
    ),
    openInView,
    settings,
    builtInRoots,
    managed,
    grantedPatterns,
    verdictsInTab,
    now: date,
  };
}
