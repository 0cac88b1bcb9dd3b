import { useEffect, useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { CertificateCard } from "../components/certificate-card.tsx";
import { DropZone } from "../components/drop-zone.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { tell } from "../components/status-line.tsx";
import { Text, t } from "../i18n.tsx";
import type { CertificateView } from "../../messages/page-answers.ts";
import { ask } from "../background-client.ts";
import { anchors, contacts } from "../stored.ts";
import { words } from "../words.ts";
import { fateAsAnchor, fateAsContact, isChoosable, isChosenFirst, type Fate } from "./certificate-files.ts";
import { hrefOf } from "./route.ts";

const CERTIFICATE_FILES = ".pem,.crt,.cer,.der,.p7b,.p7c,.sst,application/x-x509-ca-cert";

interface Found {
  readonly certificate: CertificateView;
  readonly fate: Fate;
}

/** One chosen file: what is in it, or why it could not be read. */
interface Inspected {
  readonly name: string;
  readonly file: Uint8Array;
  readonly found: readonly Found[];
  readonly failure: Failure | null;
}

type Kind = "trust" | "contacts";

function knownFingerprints(kind: Kind): ReadonlySet<string> {
  if (kind === "trust") return new Set((anchors.value ?? []).map(({ fingerprint }) => fingerprint));
  return new Set(
    (contacts.value ?? []).flatMap(({ certificate, replacement }) => [
      certificate.fingerprint,
      ...(replacement === null ? [] : [replacement.certificate.fingerprint]),
    ]),
  );
}

async function inspect(kind: Kind, file: File): Promise<Inspected> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const answer = await ask({ name: "inspectAnchors", file: bytes });
  const known = { fingerprints: knownFingerprints(kind), now: Date.now() };
  const fateOf = kind === "trust" ? fateAsAnchor : fateAsContact;
  return {
    name: file.name,
    file: bytes,
    found: answer.ok ? answer.value.map((certificate) => ({ certificate, fate: fateOf(certificate, known) })) : [],
    failure: answer.ok ? null : answer.error,
  };
}

function Contents({
  inspected,
  chosen,
  onToggle,
}: {
  readonly inspected: Inspected;
  readonly chosen: ReadonlySet<string>;
  readonly onToggle: (fingerprint: string) => void;
}): JSX.Element {
  const { name, found, failure } = inspected;
  return (
    <li class="stack">
      <h3>
        <Text words={failure ? words("file_unread", { name }) : words("file_holds", { name, n: found.length })} />
      </h3>
      {failure && <FailureNotice failure={failure} />}
      <ul class="certificates">
        {found.map(({ certificate, fate }) => (
          <li key={certificate.fingerprint}>
            <label class={isChoosable(fate) ? "option" : "option is-aside"}>
              <input
                type="checkbox"
                checked={chosen.has(certificate.fingerprint)}
                disabled={!isChoosable(fate)}
                onChange={() => {
                  onToggle(certificate.fingerprint);
                }}
              />
              <CertificateCard
                certificate={certificate}
                icon={certificate.isAuthority ? "landmark" : "id-card"}
                withCode
              >
                {!isChosenFirst(fate) && <p class="certificate-remark">{t(`fate_${fate.replaceAll("-", "_")}`)}</p>}
              </CertificateCard>
            </label>
          </li>
        ))}
      </ul>
    </li>
  );
}

async function trust(file: Uint8Array, accept: readonly string[]): Promise<Failure | null> {
  const answer = await ask({ name: "trustAnchors", file, accept: [...accept] });
  if (!answer.ok) return answer.error;
  anchors.value = answer.value;
  return null;
}

async function know(file: Uint8Array, accept: readonly string[]): Promise<Failure | null> {
  const answer = await ask({ name: "importContacts", file, accept: [...accept] });
  if (!answer.ok) return answer.error;
  contacts.value = answer.value;
  return null;
}

async function distrust(fingerprints: readonly string[]): Promise<void> {
  for (const fingerprint of fingerprints) {
    const answer = await ask({ name: "removeAnchor", fingerprint });
    if (!answer.ok) return;
    anchors.value = answer.value;
  }
  tell(words("trust_undone"));
}

/** Certificates from files, to trust or to know: all that is in them is shown, and a person chooses. */
export function ImportCertificates({ kind }: { readonly kind: Kind }): JSX.Element {
  const [files, setFiles] = useState<readonly Inspected[]>([]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isWorking, setWorking] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (files.length > 0) heading.current?.focus();
  }, [files]);
  const close = (): void => {
    location.hash = hrefOf(kind);
  };
  const look = async (list: readonly File[]): Promise<void> => {
    const inspected = await Promise.all(list.map((file) => inspect(kind, file)));
    setFailure(null);
    setChosen(
      new Set(
        inspected.flatMap(({ found }) =>
          found.filter(({ fate }) => isChosenFirst(fate)).map(({ certificate }) => certificate.fingerprint),
        ),
      ),
    );
    setFiles(inspected);
  };
  /** Stops at the first file that could not be stored; those before it are. */
  const add = async (): Promise<boolean> => {
    for (const { file, found } of files) {
      const accept = found.map(({ certificate }) => certificate.fingerprint).filter((name) => chosen.has(name));
      if (accept.length === 0) continue;
      const problem = await (kind === "trust" ? trust : know)(file, accept);
      setFailure(problem);
      if (problem !== null) return false;
    }
    return true;
  };
  const addAndTell = async (): Promise<void> => {
    if (isWorking) return;
    setWorking(true);
    const taken = [...chosen];
    const isDone = await add();
    setWorking(false);
    if (!isDone) return;
    if (kind === "contacts") tell(words("contacts_added", { n: taken.length }));
    else tell(words("trust_done", { n: taken.length }), () => distrust(taken));
    close();
  };
  if (files.length === 0) {
    return (
      <section class="stack">
        <DropZone
          title={t(kind === "trust" ? "trust_drop" : "contacts_drop")}
          hint={t("certificates_hint")}
          choose={t("open_choose")}
          accept={CERTIFICATE_FILES}
          isMultiple
          onFiles={(list) => void look(list)}
        />
        <p>
          <a href={hrefOf(kind)}>{t(kind === "trust" ? "back_trust" : "back_contacts")}</a>
        </p>
      </section>
    );
  }
  return (
    <form
      class="card import-identity"
      onSubmit={(event) => {
        event.preventDefault();
        void addAndTell();
      }}
    >
      <h2 ref={heading} tabIndex={-1}>
        {t("certificates_contents")}
      </h2>
      <ul class="stack">
        {files.map((inspected, index) => (
          <Contents
            key={index}
            inspected={inspected}
            chosen={chosen}
            onToggle={(fingerprint) => {
              const next = new Set(chosen);
              if (!next.delete(fingerprint)) next.add(fingerprint);
              setChosen(next);
            }}
          />
        ))}
      </ul>
      {kind === "trust" && chosen.size > 0 && <p class="notice">{t("trust_consequence")}</p>}
      {failure && <FailureNotice failure={failure} />}
      <div class="row actions">
        <button
          type="button"
          onClick={() => {
            setFiles([]);
          }}
        >
          {t("certificates_other")}
        </button>
        <button type="button" onClick={close}>
          {t("identity_cancel")}
        </button>
        {chosen.size > 0 && (
          <button type="submit" class="primary" aria-disabled={isWorking}>
            <Text words={words(kind === "trust" ? "trust_take" : "contacts_take", { n: chosen.size })} />
          </button>
        )}
      </div>
    </form>
  );
}
