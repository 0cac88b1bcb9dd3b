import type { Policy } from "../settings/policy.ts";
import type { ResolvedSettings } from "../settings/resolve.ts";
import type { PersonalMark } from "../settings/mark.ts";
import type { CertificateSummary } from "./answers.ts";
import type { Needs } from "./failure.ts";

export type Protection = "passphrase" | "device";

export interface VaultState {
  readonly kind: "none" | "locked" | "unlocked";
  readonly protection: Protection | null;
  /** ms since 1970; `null` unless it is unlocked and locks by itself. */
  readonly expiresAt: number | null;
  /** Until when no passphrase is tried; `null` where one may be. */
  readonly waitUntil: number | null;
}

export type Usage = "sign" | "encrypt" | "authority";

export interface CertificateView extends CertificateSummary {
  readonly usages: readonly Usage[];
  /** As `RSA 2048` or `P-256`; empty where it is of an unknown kind. */
  readonly key: string;
}

export interface IdentityView extends CertificateView {
  /** How many certificates lead from it to its issuer. */
  readonly chainLength: number;
}

export interface OwnIdentityView extends IdentityView {
  /** Wrapped by the vault, or kept for this session of the browser. */
  readonly keep: "vault" | "session";
}

/** All that a PKCS#12 file holds; nothing is left out, so that nothing is taken unseen (attack 48). */
export interface Pkcs12View {
  readonly identities: readonly IdentityView[];
  /** Certificates without a key. */
  readonly certificates: readonly CertificateView[];
  /** Keys without a certificate; they cannot be used. */
  readonly keysAlone: number;
  /** Without one nothing shows whether the file was changed (attack 44). */
  readonly hasMac: boolean;
}

export interface AnchorView extends CertificateView {
  readonly origin: "built-in" | "user" | "managed";
  readonly isTrusted: boolean;
}

export interface ContactView {
  readonly address: string;
  readonly certificate: CertificateView;
  readonly source: "signed-mail" | "file";
  readonly since: Date;
  /** Another certificate than the known one, which waits for a decision (attack 33). */
  readonly replacement: { readonly certificate: CertificateView; readonly since: Date } | null;
}

/** A certificate that a person vouches for at one address, or has linked with another than it names. */
export interface PersonView {
  readonly decision: string;
  readonly kind: "trusted" | "linked";
  readonly address: string;
  readonly certificate: CertificateView;
  readonly since: Date;
}

export interface SettingsView {
  readonly settings: ResolvedSettings;
  readonly policy: Policy["status"];
  /** Names in the policy whose value is not allowed. */
  readonly problems: readonly string[];
}

export interface SiteView {
  /** As `https://outlook.office.com`. */
  readonly origin: string;
  readonly isManaged: boolean;
}

/** What is said of one message, as its banner and the toolbar button say it. */
export interface ShownVerdict {
  readonly title: string;
  readonly tone: "positive" | "neutral" | "caution" | "alarm";
}

/** Whether Encrypt is turned off in a form: H90, and H91 where it answers an encrypted message. */
export interface EncryptOffQuestion {
  readonly kind: "encryptOff";
  readonly host: string;
  /** Lines of text that would be handed over. */
  readonly lines: number;
  /** Files, which are not handed over. */
  readonly files: number;
  readonly isAnswer: boolean;
}

/** Whether a signer's certificate counts for an address that a message is from. */
export interface PersonQuestion {
  readonly kind: "person";
  readonly address: string;
  readonly certificate: CertificateView;
  /** DER. */
  readonly der: Uint8Array;
}

/** The password of a message that is encrypted with one (C15). */
export interface PasswordQuestion {
  readonly kind: "password";
  /** Where the message is shown. */
  readonly host: string;
  /** Whom it says that it is from, which nobody vouches for; `null` where it names nobody. */
  readonly from: string | null;
}

/** What a frame wants to be asked in a window of ours. */
export type AskedQuestion = EncryptOffQuestion | PersonQuestion | PasswordQuestion;

/** What each request of `page-requests.ts` is answered with. */
export interface PageAnswers {
  readonly vaultState: VaultState;
  readonly createVault: VaultState;
  readonly unlock: VaultState;
  readonly lockNow: VaultState;
  readonly changeProtection: VaultState;
  readonly eraseKeys: VaultState;
  readonly inspectPkcs12: Pkcs12View;
  readonly importIdentities: readonly OwnIdentityView[] | Needs;
  readonly listIdentities: readonly OwnIdentityView[];
  readonly removeIdentity: readonly OwnIdentityView[];
  readonly forgetSessionIdentities: readonly OwnIdentityView[];
  readonly inspectAnchors: readonly CertificateView[];
  readonly trustAnchors: readonly AnchorView[];
  readonly listAnchors: readonly AnchorView[];
  readonly removeAnchor: readonly AnchorView[];
  readonly removeOwnAnchors: readonly AnchorView[];
  readonly switchAnchor: readonly AnchorView[];
  readonly listContacts: readonly ContactView[];
  readonly importContacts: readonly ContactView[];
  readonly removeContact: readonly ContactView[];
  readonly contactCertificate: Uint8Array;
  readonly decideReplacement: readonly ContactView[];
  readonly decidePerson: readonly PersonView[];
  readonly listPeople: readonly PersonView[];
  readonly forgetPerson: readonly PersonView[];
  readonly getQuestion: AskedQuestion | null;
  readonly answerQuestion: null;
  readonly openWithPassword: null;
  readonly getSettings: SettingsView;
  readonly setSetting: SettingsView;
  readonly acceptPolicyRemoval: SettingsView;
  readonly getMark: PersonalMark;
  readonly setMark: PersonalMark;
  readonly verdictsInTab: readonly ShownVerdict[];
  readonly listSites: readonly SiteView[];
}
