import { useEffect, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import type { ContactView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { FailureNotice } from "../components/failure-notice.tsx";
import { tell } from "../components/status-line.tsx";
import { PersonDecision } from "../identity/person-decision.tsx";
import { people } from "../stored.ts";
import { words } from "../words.ts";
import { hrefOf } from "./route.ts";

/** Whether the certificate that a contact has counts for the contact's address, also where nobody vouches for it. */
export function TrustContact({ contact: { address, certificate } }: { readonly contact: ContactView }): JSX.Element {
  const [der, setDer] = useState<Uint8Array | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    void ask({ name: "contactCertificate", address, fingerprint: certificate.fingerprint }).then((answer) => {
      if (answer.ok) setDer(answer.value);
      else setFailure(answer.error);
    });
  }, [address, certificate.fingerprint]);
  if (failure) return <FailureNotice failure={failure} />;
  if (der === null) return <div class="stack" />;
  const back = (): void => {
    location.hash = hrefOf("contacts", address);
  };
  const decided = async (): Promise<void> => {
    const answer = await ask({ name: "listPeople" });
    if (answer.ok) people.value = answer.value;
    tell(words("contact_trusted", { address }));
    location.hash = hrefOf("trust", "people");
  };
  return <PersonDecision {...{ certificate, address, der }} onDecided={() => void decided()} onLater={back} />;
}
