import type { ComponentChildren, JSX } from "preact";
import { Text, t } from "../i18n.tsx";
import type { CertificateView } from "../../messages/page-answers.ts";
import { words, type Words } from "../words.ts";
import { daysLeft, stateOf } from "./certificate-state.ts";
import { Code } from "./code.tsx";
import { ForeignText } from "./foreign-text.tsx";
import { Icon } from "./icon.tsx";
import type { IconName } from "./icon-shapes.ts";
import { shortName } from "./short-name.ts";

/** What a certificate is good for, in words. */
export function usageWords({ usages }: CertificateView): Words {
  if (usages.includes("authority")) return words("usage_authority");
  const [signs, encrypts] = [usages.includes("sign"), usages.includes("encrypt")];
  if (signs && encrypts) return words("usage_both");
  if (signs) return words("usage_sign");
  return words(encrypts ? "usage_encrypt" : "usage_none");
}

/** Until when, with the state that it stands in. */
export function validityWords(certificate: CertificateView): Words {
  const now = Date.now();
  const { notBefore, notAfter } = certificate;
  switch (stateOf(certificate, now)) {
    case "ended":
      return words("validity_ended", { date: notAfter });
    case "not-yet":
      return words("validity_not_yet", { date: notBefore });
    case "ends-soon":
      return words("validity_soon", { n: daysLeft(certificate, now), date: notAfter });
    case "good":
      return words("validity_until", { date: notAfter });
  }
}

interface Props {
  readonly certificate: CertificateView;
  readonly icon: IconName;
  /** What to call it: addresses where there are any, else its name. */
  readonly title?: ComponentChildren;
  readonly withCode?: boolean;
  /** Lines of its own below. */
  readonly children?: ComponentChildren;
}

/** A certificate as a person can know it again: addresses, name, uses, issuer, time, code. */
export function CertificateCard({ certificate, icon, title, withCode = false, children }: Props): JSX.Element {
  const { emails, subject, issuer, fingerprint, notBefore, notAfter } = certificate;
  const name = shortName(subject);
  const addresses = title ?? (
    <>
      {emails.map((email, index) => (
        <span key={email} class="address-line">
          <ForeignText text={email} />
          {index < emails.length - 1 && ", "}
        </span>
      ))}
    </>
  );
  return (
    <div class="certificate">
      <span class="certificate-icon">
        <Icon name={icon} />
      </span>
      <div>
        <p class="certificate-name">
          {title === undefined && emails.length === 0 ? <ForeignText text={name} /> : addresses}
        </p>
        <p class="certificate-line">
          {emails.length > 0 && (
            <span>
              <ForeignText text={name} />
            </span>
          )}
          <span>
            <Text words={usageWords(certificate)} />
          </span>
          <span>
            <Text words={words("certificate_issuer", { issuer: shortName(issuer) })} />
          </span>
          <span>
            <Text
              words={withCode ? words("validity_span", { from: notBefore, to: notAfter }) : validityWords(certificate)}
            />
          </span>
        </p>
        {withCode && (
          <p class="certificate-code">
            {t("certificate_code")} <Code hex={fingerprint} />
          </p>
        )}
        {children}
      </div>
    </div>
  );
}
