import { signal } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import type { JSX } from "preact";
import { MAX_CONTAINER_SIZE } from "../../../messages/bytes.ts";
import { shortName } from "../../components/short-name.ts";
import { errorKeys } from "../../error-words.ts";
import { formatDate, t, Text } from "../../i18n.tsx";
import { words, type Words } from "../../words.ts";
import { ask } from "../compose-state.ts";
import { certificateOf, choose, lookUp, stateOf, statusOf, type Recipient } from "./recipients.ts";
import { recipientWords } from "./recipient-words.ts";

/** What became of the last certificate file, by address. */
const imports = signal<ReadonlyMap<string, Words>>(new Map());

type Problem = "other-address" | Parameters<typeof errorKeys>[0]["code"] | null;

const say = (address: string, said: Words): void => {
  imports.value = new Map([...imports.value, [address, said]]);
};

export function heardImported(address: string, problem: Problem): void {
  if (problem === null) {
    say(address, words("recipient_import_done"));
    lookUp();
  } else if (problem === "other-address") say(address, words("recipient_import_other", { address }));
  else say(address, words(errorKeys({ code: problem, context: {} }).headline));
}

function ImportCertificate({ address }: { readonly address: string }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File): Promise<void> => {
    if (file.size > MAX_CONTAINER_SIZE) say(address, words("error_limit_headline"));
    else ask({ name: "importCertificate", address, file: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        {t("recipient_import")}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".cer,.crt,.der,.pem,.p7b,.p7c,application/pkix-cert,application/pkcs7-mime"
        aria-label={t("recipient_import")}
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) void take(file);
          currentTarget.value = "";
        }}
      />
    </>
  );
}

/** Words that ask for a signed message, which brings the certificate: to be sent in any way that the person likes. */
function RequestNote(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const note = t("recipient_note_text");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(note);
      setCopied(true);
    } catch {
      // Not allowed in this frame: the text stands there, to be marked.
      setCopied(false);
    }
  };
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        {t("recipient_note")}
      </button>
      {isOpen && (
        <div class="note-text">
          <textarea readOnly rows={4} aria-label={t("recipient_note_label")} value={note} />
          <button type="button" class="quiet" onClick={() => void copy()}>
            {t(isCopied ? "recipient_note_copied" : "recipient_note_copy")}
          </button>
        </div>
      )}
    </>
  );
}

/** Several certificates fit: the newest is taken unless the person chooses (R12). */
function CertificateChoice({ recipient }: { readonly recipient: Recipient }): JSX.Element | null {
  const state = stateOf(recipient);
  if (state === null || state.choices.length < 2) return null;
  const name = `certificate-${recipient.id}`;
  const current = certificateOf(recipient);
  return (
    <fieldset class="certificate-choice">
      <legend>{t("recipient_choose")}</legend>
      {state.choices.map(({ fingerprint, issuer, notAfter, serial }) => (
        <label key={fingerprint} class="option">
          <input
            type="radio"
            name={name}
            checked={fingerprint === current}
            onChange={() => {
              choose(state.address, fingerprint);
            }}
          />
          <span>
            <Text words={words("recipient_choice", { issuer: shortName(issuer), date: notAfter })} />
            <span class="remark code">{serial}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface Props {
  readonly recipient: Recipient;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** What is known of a recipient, and what helps. */
export function RecipientDetails({ recipient, onEdit, onRemove }: Props): JSX.Element {
  const status = statusOf(recipient);
  const state = stateOf(recipient);
  const { sentence } = recipientWords(status, state, recipient.text, new Date());
  const { address } = recipient;
  const imported = address === null ? undefined : imports.value.get(address);
  const certificate = state?.certificate ?? null;
  return (
    <section class="recipient-details" aria-label={t("recipient_details", { address: address ?? recipient.text })}>
      <p>
        <Text words={sentence} />
      </p>
      {recipient.field === "bcc" && <p>{t("recipient_r17_sentence")}</p>}
      {recipient.origin === "reply-to" && <p>{t("recipient_reply_to")}</p>}
      {recipient.name !== "" && (
        <p class="remark">
          <Text words={words("recipient_named", { name: recipient.name })} />
        </p>
      )}
      {certificate && (
        <p class="remark">
          <Text
            words={words("recipient_certificate", {
              issuer: shortName(certificate.issuer),
              from: formatDate(certificate.notBefore),
              date: formatDate(certificate.notAfter),
            })}
          />
        </p>
      )}
      <CertificateChoice recipient={recipient} />
      {imported && (
        <p role="status">
          <Text words={imported} />
        </p>
      )}
      <div class="row">
        {state?.isReplacementWaiting === true && address !== null && (
          <button
            type="button"
            onClick={() => {
              ask({ name: "compare", address });
            }}
          >
            {t("recipient_compare")}
          </button>
        )}
        {address !== null && status !== "own" && <ImportCertificate address={address} />}
        {(status === "none" || status === "ended") && <RequestNote />}
        <button type="button" class="quiet" onClick={onEdit}>
          {t("recipient_edit")}
        </button>
        <button type="button" class="quiet" onClick={onRemove}>
          {t("recipient_remove_short")}
        </button>
      </div>
    </section>
  );
}
