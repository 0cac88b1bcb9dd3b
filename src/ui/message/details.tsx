import type { ComponentChildren, JSX } from "preact";
import type { SignerVerdict } from "../../engine/verdicts.ts";
import type { LayerView, MessageView } from "../../messages/answers.ts";
import { ForeignText } from "../components/foreign-text.tsx";
import { Text, formatSize, formatTime, t } from "../i18n.tsx";
import { announce } from "../components/live-regions.tsx";
import { answersOf } from "./answers.ts";
import { useFingerprint } from "./use-fingerprint.ts";
import { Code } from "../components/code.tsx";
import { words } from "../words.ts";

function Term({ name, children }: { readonly name: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{t(name)}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Fingerprint({ certificate }: { readonly certificate: Uint8Array }): JSX.Element {
  return <Code hex={useFingerprint(certificate)} />;
}

function SignerTerms({ signer }: { readonly signer: SignerVerdict }): JSX.Element {
  const { subject, issuer, serial, signature, digest, signingTime, certificate, integrity, path, revocation } = signer;
  const codes = [integrity, path, revocation, signer.sender].map(({ status, ...rest }) =>
    "reason" in rest && rest.reason !== null ? `${status} (${rest.reason})` : status,
  );
  return (
    <dl class="terms">
      <Term name="technical_subject">
        <ForeignText text={subject ?? "?"} />
      </Term>
      <Term name="technical_issuer">
        <ForeignText text={issuer ?? "?"} />
      </Term>
      <Term name="technical_serial">
        <span class="code">{serial ?? "?"}</span>
      </Term>
      <Term name="technical_algorithms">{`${signature}, ${digest}`}</Term>
      <Term name="technical_signed_at">{signingTime ? formatTime(signingTime) : t("technical_none")}</Term>
      <Term name="technical_reasons">
        <span class="code">{[...codes, ...signer.weaknesses].join(" · ")}</span>
      </Term>
      {certificate && (
        <Term name="technical_fingerprint">
          <Fingerprint certificate={certificate} />
        </Term>
      )}
    </dl>
  );
}

function Layer({ layer }: { readonly layer: LayerView }): JSX.Element {
  const { covers } = layer;
  const recipient = "recipient" in layer ? layer.recipient : null;
  return (
    <li>
      <span class="code">{layer.type}</span>
      <dl class="terms">
        {"cipher" in layer && <Term name="technical_algorithms">{layer.cipher}</Term>}
        {recipient && (
          <Term name="technical_recipient">{`${recipient.kind}, ${recipient.algorithm}, ${recipient.match}`}</Term>
        )}
        {"reasons" in layer && layer.reasons.length > 0 && (
          <Term name="technical_reasons">
            <span class="code">{layer.reasons.join(" · ")}</span>
          </Term>
        )}
        {covers && (
          <Term name="technical_covers">
            {formatSize(covers.size)}
            <br />
            <Code hex={covers.sha256} />
          </Term>
        )}
      </dl>
      {"signers" in layer && layer.signers.map((signer, index) => <SignerTerms key={index} signer={signer} />)}
    </li>
  );
}

/** What happened, for a report: no content, no key. */
function report({ verdict, layers, parts }: MessageView): string {
  const withoutBytes = (_: string, value: unknown): unknown => (ArrayBuffer.isView(value) ? undefined : value);
  return JSON.stringify({ verdict, layers, parts: parts.map(({ type, size }) => ({ type, size })) }, withoutBytes, 2);
}

interface Props {
  readonly view: MessageView;
  /** `null` where the original is not at hand. */
  readonly onSaveOriginal: (() => void) | null;
}

/** Seven questions in a fixed order, and everything else behind *Technical*. */
export function Details({ view, onSaveOriginal }: Props): JSX.Element {
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(report(view));
    announce(words("technical_copied"));
  };
  return (
    <div class="details">
      <dl class="questions">
        {answersOf(view).map(({ question, answers }) => (
          <div key={question}>
            <dt>{t(question)}</dt>
            {answers.map((answer, index) => (
              <dd key={index}>
                <Text words={answer} />
              </dd>
            ))}
          </div>
        ))}
      </dl>
      <details class="technical">
        <summary>{t("details_technical")}</summary>
        <dl class="terms">
          <Term name="technical_reasons">
            <span class="code">{view.verdict.reasons.join(" · ") || t("technical_none")}</span>
          </Term>
        </dl>
        <h3>{t("technical_layers")}</h3>
        {view.layers.length === 0 ? (
          <p>{t("technical_none")}</p>
        ) : (
          <ol class="layers">
            {view.layers.map((layer, index) => (
              <Layer key={index} layer={layer} />
            ))}
          </ol>
        )}
      </details>
      <div class="row">
        {onSaveOriginal && (
          <button type="button" onClick={onSaveOriginal}>
            {t("original_save")}
          </button>
        )}
        <button type="button" onClick={() => void copy()}>
          {t("technical_copy")}
        </button>
      </div>
    </div>
  );
}
