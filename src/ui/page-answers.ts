import type { Answer, CertificateSummary } from "../messages/answers.ts";
import type { Policy } from "../settings/policy.ts";
import type { ResolvedSettings } from "../settings/resolve.ts";
import type { SettingName } from "../settings/schema.ts";
import type { PersonalMark } from "./components/mark.ts";

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
  /** As `RSA 2048` or `P-256`. */
  readonly key: string;
}

export interface IdentityView extends CertificateView {
  readonly chainLength: number;
}

export interface Pkcs12View {
  readonly identities: readonly IdentityView[];
  readonly certificates: readonly CertificateView[];
  readonly keysAlone: number;
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
  /** A certificate of another key or issuer that waits for a decision. */
  readonly replacement: { readonly certificate: CertificateView; readonly since: Date } | null;
}

export interface SettingsView {
  readonly settings: ResolvedSettings;
  /** `emptied`: there was a policy, and the browser gives none any more (`settings/policy.ts`). */
  readonly policy: Policy["status"];
  /** Names in the policy whose value is not allowed. */
  readonly problems: readonly string[];
}

export interface SiteView {
  /** As `https://outlook.office.com`. */
  readonly origin: string;
  readonly isManaged: boolean;
}

/** What a use case answers where a person is needed first; the caller then repeats the request. */
export interface Needs {
  readonly needs: "unlock" | "confirm" | "permission";
}

interface Calls {
  readonly vaultState: [object, VaultState];
  readonly createVault: [{ protection: Protection; passphrase?: string }, VaultState];
  readonly unlock: [{ passphrase: string | null }, VaultState];
  readonly lockNow: [object, VaultState];
  readonly changeProtection: [{ current: string | null; protection: Protection; passphrase?: string }, VaultState];
  readonly inspectPkcs12: [{ file: Uint8Array; passphrase: string }, Pkcs12View];
  readonly importIdentities: [
    { file: Uint8Array; passphrase: string; accept: readonly string[] },
    readonly IdentityView[] | Needs,
  ];
  readonly listIdentities: [object, readonly IdentityView[]];
  readonly removeIdentity: [{ fingerprint: string }, readonly IdentityView[]];
  readonly inspectAnchors: [{ file: Uint8Array }, readonly CertificateView[]];
  readonly trustAnchors: [{ file: Uint8Array; accept: readonly string[] }, readonly AnchorView[]];
  readonly listAnchors: [object, readonly AnchorView[]];
  readonly removeAnchor: [{ fingerprint: string }, readonly AnchorView[]];
  readonly switchAnchor: [{ fingerprint: string; isTrusted: boolean }, readonly AnchorView[]];
  readonly listContacts: [object, readonly ContactView[]];
  readonly importContacts: [{ file: Uint8Array; accept: readonly string[] }, readonly ContactView[]];
  readonly removeContact: [{ address: string }, readonly ContactView[]];
  readonly decideReplacement: [{ address: string; take: "old" | "new" }, readonly ContactView[]];
  readonly getSettings: [object, SettingsView];
  readonly setSetting: [{ name: SettingName; value: boolean | number | string }, SettingsView];
  readonly getMark: [object, PersonalMark | null];
  readonly setMark: [{ mark: PersonalMark }, PersonalMark];
  readonly listSites: [object, readonly SiteView[]];
}
export type CallName = keyof Calls;
export type Fields<Name extends CallName> = Calls[Name][0];
export type Value<Name extends CallName> = Calls[Name][1];
export type CallAnswer<Name extends CallName> = Answer<Value<Name>>;
