import type { ComponentChildren, JSX } from "preact";
import { usageWords } from "../components/certificate-card.tsx";
import { Code } from "../components/code.tsx";
import { ForeignText } from "../components/foreign-text.tsx";
import { formatTime, Text, t } from "../i18n.tsx";
import type { CertificateView } from "../../messages/page-answers.ts";

/** Every field of a certificate that a person may compare. */
export function CertificateDetails({ certificate }: { readonly certificate: CertificateView }): JSX.Element {
  const { emails, subject, issuer, serial, fingerprint, notBefore, notAfter, key } = certificate;
  const row = (label: string, value: ComponentChildren): JSX.Element => (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <dl class="card facts">
      {emails.length > 0 &&
        row(
          t("fact_addresses"),
          emails.map((email) => (
            <div key={email}>
              <ForeignText text={email} />
            </div>
          )),
        )}
      {row(t("technical_subject"), <ForeignText text={subject} />)}
      {row(t("technical_issuer"), <ForeignText text={issuer} />)}
      {row(t("fact_usages"), <Text words={usageWords(certificate)} />)}
      {row(t("fact_from"), formatTime(notBefore))}
      {row(t("fact_until"), formatTime(notAfter))}
      {row(t("fact_key"), <bdi dir="ltr">{key}</bdi>)}
      {row(
        t("technical_serial"),
        <bdi dir="ltr" class="code">
          {serial}
        </bdi>,
      )}
      {row(t("technical_fingerprint"), <Code hex={fingerprint} />)}
    </dl>
  );
}
