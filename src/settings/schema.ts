import { boolean, check, integer, maxValue, minValue, number, pipe, string, type GenericSchema } from "valibot";
import { isAlgorithmList } from "./algorithm-list.ts";

/** The group of the options page that a setting stands in: its route is `#/settings/<group>`. */
export type SettingGroup = "writing" | "reading" | "keys";

export interface Setting<Value> {
  readonly schema: GenericSchema<Value>;
  readonly default: Value;
  /** For the administrator's schema, and for how it is shown. */
  readonly type: "boolean" | "integer" | "string";
  readonly group: SettingGroup;
  /** Name of the parameter of `Set-SmimeConfig`; `null` for one of our own. */
  readonly exchange: string | null;
  /** Key of the sentence that says what it does; its name is the same with `_name`. */
  readonly words: string;
  /** For administrators, in the policy file. */
  readonly description: string;
}

type Own = Omit<Setting<never>, "schema" | "default" | "type" | "exchange"> & { readonly exchange?: string | null };

const toggle = (isOn: boolean, rest: Own): Setting<boolean> => ({
  schema: boolean(),
  default: isOn,
  type: "boolean",
  exchange: null,
  ...rest,
});

const count = (initial: number, min: number, max: number, rest: Own): Setting<number> => ({
  schema: pipe(number(), integer(), minValue(min), maxValue(max)),
  default: initial,
  type: "integer",
  exchange: null,
  ...rest,
});

const algorithms = (initial: string, rest: Own): Setting<string> => ({
  schema: pipe(string(), check(isAlgorithmList)),
  default: initial,
  type: "string",
  exchange: null,
  ...rest,
});

/**
 * Every setting, with its default; what a user may set an administrator may fix, under the same name. The names are
 * Exchange's, so that an administrator finds them again (`Set-SmimeConfig` with the prefix `OWA` left out).
 */
export const SETTINGS = {
  AlwaysSign: toggle(false, {
    group: "writing",
    exchange: "AlwaysSign",
    words: "setting_always_sign",
    description: "Sign every outgoing message.",
  }),
  AlwaysEncrypt: toggle(false, {
    group: "writing",
    exchange: "AlwaysEncrypt",
    words: "setting_always_encrypt",
    description: "Encrypt every outgoing message.",
  }),
  HideSubject: toggle(true, {
    group: "writing",
    words: "setting_hide_subject",
    description: "Hide the subject of encrypted messages from mail servers (RFC 9788, hcp_baseline).",
  }),
  TripleWrapSignedEncryptedMail: toggle(false, {
    group: "writing",
    exchange: "TripleWrapSignedEncryptedMail",
    words: "setting_triple_wrap",
    description: "Sign, encrypt and sign again (RFC 2634); otherwise sign and encrypt.",
  }),
  ClearSign: toggle(true, {
    group: "writing",
    exchange: "ClearSign",
    words: "setting_clear_sign",
    description: "Sign as multipart/signed, which every program can show; otherwise opaque.",
  }),
  SigningAlgorithms: algorithms("800C", {
    group: "writing",
    exchange: "SigningAlgorithms",
    words: "setting_signing_algorithms",
    description:
      "Digests to sign with, preferred first: 800C (SHA-256), 800D (SHA-384), 800E (SHA-512). Others are ignored.",
  }),
  IncludeCertificateChainWithoutRootCertificate: toggle(true, {
    group: "writing",
    exchange: "IncludeCertificateChainWithoutRootCertificate",
    words: "setting_include_chain",
    description: "Send the issuers' certificates with a signature, without the root.",
  }),
  IncludeCertificateChainAndRootCertificate: toggle(false, {
    group: "writing",
    exchange: "IncludeCertificateChainAndRootCertificate",
    words: "setting_include_root",
    description: "Send the issuers' certificates with a signature, and the root.",
  }),
  AllowUserChoiceOfSigningCertificate: toggle(true, {
    group: "writing",
    exchange: "AllowUserChoiceOfSigningCertificate",
    words: "setting_choose_certificate",
    description: "Let the user choose among several fitting certificates; otherwise the newest signs.",
  }),
  OpenEncryptedOnSight: toggle(true, {
    group: "reading",
    words: "setting_open_on_sight",
    description: "Decrypt an encrypted message when it is opened while keys are unlocked; otherwise at a click.",
  }),
  ShowTextOnly: toggle(false, {
    group: "reading",
    words: "setting_text_only",
    description: "Show messages as plain text.",
  }),
  StayUnlockedMinutes: count(30, 1, 720, {
    group: "keys",
    words: "setting_stay_unlocked",
    description: "Minutes without use after which keys are locked.",
  }),
  LockWhenIdle: toggle(true, {
    group: "keys",
    words: "setting_lock_when_idle",
    description: "Lock keys when the screen is locked.",
  }),
} as const satisfies Record<string, Setting<boolean> | Setting<number> | Setting<string>>;

export type SettingName = keyof typeof SETTINGS;
export type SettingValues = {
  readonly [Name in SettingName]: (typeof SETTINGS)[Name] extends Setting<infer Value> ? Value : never;
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/** Whether it is a setting's name; `constructor` and other inherited ones are none (attack 53). */
export const isSettingName = (name: string): name is SettingName => Object.hasOwn(SETTINGS, name);
