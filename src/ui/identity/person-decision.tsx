import { useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import type { CertificateView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { CertificateEntry } from "../components/certificate-entry.tsx";
import { CodeField } from "../components/code-field.tsx";
import { compareCode, ONE_CODE } from "../components/compared-code.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { shortName } from "../components/short-name.ts";
import { Text, t } from "../i18n.tsx";
import { words, type Words } from "../words.ts";

interface Asked {
  readonly certificate: CertificateView;
  readonly address: string;
}

interface Props extends Asked {
  /** DER of the certificate that is shown. */
  readonly der: Uint8Array;
  readonly onDecided: () => void;
  readonly onLater: () => void;
  /** The larger step: an issuer for everybody. */
  readonly children?: ComponentChildren;
}

/** Whether the certificate names the address itself: then a person vouches for it, else links the two. */
const isNamed = ({ certificate: { emails }, address }: Asked): boolean =>
  emails.some((email) => email.toLowerCase() === address.toLowerCase());

/** The question, as the heading of its window or place. */
export function personTitle(asked: Asked): Words {
  const { certificate, address } = asked;
  const signer = certificate.emails[0] ?? shortName(certificate.subject);
  return isNamed(asked) ? words("person_trust_title", { address }) : words("person_link_title", { address, signer });
}

/**
 * Whether one certificate counts for one address. The safe act is first and stays the prominent one until the code
 * fits; it needs no code, since it reaches no further than this certificate and this address (`ux.md` 3.3).
 */
export function PersonDecision({ certificate, address, der, onDecided, onLater, children }: Props): JSX.Element {
  const [failure, setFailure] = useState<Failure | null>(null);
  const [typed, setTyped] = useState("");
  const found = compareCode(typed, certificate.fingerprint);
  const kind = isNamed({ certificate, address }) ? "trust" : "link";
  const decide = async (): Promise<void> => {
    const answer = await ask({ name: "decidePerson", certificate: der, address });
    if (answer.ok) onDecided();
    else setFailure(answer.error);
  };
  return (
    <div class="stack">
      <p class="lead">
        <Text words={words(`person_${kind}_lead`, { address, issuer: shortName(certificate.issuer) })} />
      </p>
      <ul class="certificates card">
        <CertificateEntry certificate={certificate} kind="certificate" withCode />
      </ul>
      <CodeField found={ONE_CODE[found]} onType={setTyped} />
      {children}
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button type="button" class={found === "fits" ? undefined : "primary"} onClick={onLater}>
          {t("person_later")}
        </button>
        <button
          type="button"
          class={found === "fits" ? "primary" : undefined}
          onClick={(event) => {
            // No script presses this one; and what does not fit is not taken, as the field says.
            if (event.isTrusted && found !== "differs") void decide();
          }}
        >
          {t(`person_${kind}_act`)}
        </button>
      </div>
    </div>
  );
}
