import type { MailSettings, OwnKeys } from "../mail-context.ts";
import type { PageContext } from "../page-context.ts";
import { currentSettings } from "./settings.ts";
import { signingForm } from "./signing-form.ts";

/** Own certificates and keys, for mail in a page. */
export function mailKeys({ keys, vault }: Pick<PageContext, "keys" | "vault">): OwnKeys {
  return {
    certificates: async () => (await keys.list()).map(({ certificate }) => certificate),
    issuers: async () => (await keys.list()).flatMap(({ chain }) => chain),
    async unlocked() {
      const isLocked = (await vault.state()).kind === "locked";
      const needsVault = isLocked && (await keys.list()).some(({ protection }) => protection === "vault");
      return needsVault ? null : keys.identities();
    },
  };
}

/** What holds for mail in a page; everything else of the settings is other contexts' business. */
export async function mailSettings(context: Pick<PageContext, "settings" | "managed">): Promise<MailSettings> {
  const { settings } = await currentSettings(context);
  const { AlwaysSign, AlwaysEncrypt, AllowUserChoiceOfSigningCertificate, OpenEncryptedOnSight, ShowTextOnly } =
    settings;
  return {
    alwaysSign: AlwaysSign.value,
    isSignFixed: AlwaysSign.origin === "managed",
    signing: signingForm(settings),
    choosesCertificate: AllowUserChoiceOfSigningCertificate.value,
    isTextOnly: ShowTextOnly.value,
    openEncryptedOnSight: OpenEncryptedOnSight.value,
    alwaysEncrypt: AlwaysEncrypt.value,
    isEncryptFixed: AlwaysEncrypt.value && AlwaysEncrypt.origin === "managed",
    hidesSubject: settings.HideSubject.value,
    wrapsTwice: settings.TripleWrapSignedEncryptedMail.value,
  };
}
