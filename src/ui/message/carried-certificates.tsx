import type { JSX } from "preact";
import type { CarriedCertificate, MessageView } from "../../messages/answers.ts";
import { CertificateEntry } from "../components/certificate-entry.tsx";
import { announce } from "../components/live-regions.tsx";
import { shortName } from "../components/short-name.ts";
import { t } from "../i18n.tsx";
import { words } from "../words.ts";
import { safeFileName } from "./safe-file-name.ts";
import { saveFile } from "./save-file.ts";

/** The certificates of layers that nobody signed. */
export const carriedCertificates = ({ layers }: MessageView): readonly CarriedCertificate[] =>
  layers.flatMap((layer) => ("certificates" in layer ? layer.certificates : []));

function save({ emails: [address], subject, der }: CarriedCertificate): void {
  const name = safeFileName(`${address ?? shortName(subject)}.cer`, "certificate.cer");
  saveFile(der, name);
  announce(words("attachment_saved", { name }));
}

/**
 * What a message without a signer brings along. Nobody vouches for it, so that nothing of it is taken here: a person
 * saves one and imports it under Contacts, where its issuer is looked at (attack 34).
 */
export function CarriedCertificates({ view }: { readonly view: MessageView }): JSX.Element {
  return (
    <div class="panel-in-banner">
      <p>{t("carried_lead")}</p>
      <ul class="certificates">
        {carriedCertificates(view).map((certificate, index) => (
          <CertificateEntry key={index} certificate={certificate} kind="certificate" withCode>
            <button
              type="button"
              onClick={() => {
                save(certificate);
              }}
            >
              {t("carried_save")}
            </button>
          </CertificateEntry>
        ))}
      </ul>
    </div>
  );
}
