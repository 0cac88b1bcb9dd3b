import type { ComponentChildren, JSX } from "preact";
import type { CertificateSummary } from "../../messages/answers.ts";
import { Icon } from "./icon.tsx";
import { ForeignText } from "./foreign-text.tsx";
import { Text, t } from "../i18n.tsx";
import { Code } from "./code.tsx";
import { shortName } from "./short-name.ts";
import { words } from "../words.ts";

interface Props {
  readonly certificate: CertificateSummary;
  readonly kind: "identity" | "certificate";
  /** In a question the code to compare is shown; in a list of what was taken it is not. */
  readonly withCode: boolean;
  /** What can be done with it. */
  readonly children?: ComponentChildren;
}

function kindOf({ certificate, kind }: Props): string {
  if (kind === "identity") return "certificate_with_key";
  return certificate.isAuthority ? "certificate_authority" : "certificate_alone";
}

/** A certificate as a person can know it again: addresses, name, issuer, end, code. */
export function CertificateEntry(props: Props): JSX.Element {
  const { certificate, kind, withCode, children } = props;
  const { emails, subject, issuer, notAfter, fingerprint } = certificate;
  const name = shortName(subject);
  const end = notAfter.getTime() < Date.now() ? "certificate_ended" : "certificate_ends";
  return (
    <li class="certificate">
      <span class="certificate-icon">
        <Icon name={kind === "identity" ? "key-round" : certificate.isAuthority ? "landmark" : "badge-check"} />
      </span>
      <div>
        {withCode && <p class="remark">{t(kindOf(props))}</p>}
        {emails.map((email) => (
          <p class="certificate-name" key={email}>
            <ForeignText text={email} />
          </p>
        ))}
        <p class={emails.length === 0 ? "certificate-name" : "remark"}>
          <ForeignText text={name} />
        </p>
        <p class="remark">
          <Text words={words("certificate_issued_by", { issuer: shortName(issuer) })} />,{" "}
          <Text words={words(end, { date: notAfter })} />
        </p>
        {withCode && (
          <p class="remark">
            {t("certificate_code")}: <Code hex={fingerprint} />
          </p>
        )}
        {children}
      </div>
    </li>
  );
}
