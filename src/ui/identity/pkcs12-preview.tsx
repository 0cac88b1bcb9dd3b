import type { JSX } from "preact";
import { CertificateCard } from "../components/certificate-card.tsx";
import { stateOf } from "../components/certificate-state.ts";
import { Text, t } from "../i18n.tsx";
import type { IdentityView, Pkcs12View } from "../../messages/page-answers.ts";
import { words } from "../words.ts";

/** What a person should know of an identity before it is added; `null` where all is as usual. */
export function remarkKey(entry: IdentityView, known: ReadonlySet<string>, now: number): string | null {
  if (known.has(entry.fingerprint)) return "import_known";
  const state = stateOf(entry, now);
  if (state === "ended") return "import_ended";
  if (state === "not-yet") return "import_not_yet";
  if (entry.emails.length === 0) return "import_no_address";
  if (entry.usages.includes("sign")) return null;
  return entry.usages.includes("encrypt") ? "import_encrypts_only" : "import_no_mail_use";
}

/** What is ticked at first: all that is new and belongs to an address. */
export function initialChoice({ identities }: Pkcs12View, known: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    identities
      .filter(({ fingerprint, emails }) => emails.length > 0 && !known.has(fingerprint))
      .map(({ fingerprint }) => fingerprint),
  );
}

interface Props {
  readonly contents: Pkcs12View;
  readonly known: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

/** Everything that a PKCS#12 file holds, before anything of it is stored (attack 48). */
export function Pkcs12Preview({ contents, known, chosen, onChoose }: Props): JSX.Element {
  const toggle = (fingerprint: string): void => {
    const next = new Set(chosen);
    if (!next.delete(fingerprint)) next.add(fingerprint);
    onChoose(next);
  };
  const now = Date.now();
  return (
    <div class="preview">
      <ul class="certificates">
        {contents.identities.map((entry) => {
          const remark = remarkKey(entry, known, now);
          return (
            <li key={entry.fingerprint}>
              <label class="option">
                <input
                  type="checkbox"
                  checked={chosen.has(entry.fingerprint)}
                  disabled={known.has(entry.fingerprint)}
                  onChange={() => {
                    toggle(entry.fingerprint);
                  }}
                />
                <CertificateCard certificate={entry} icon="key-round" withCode>
                  {remark !== null && (
                    <p class="certificate-remark">
                      <Text
                        words={words(remark, { date: remark === "import_not_yet" ? entry.notBefore : entry.notAfter })}
                      />
                    </p>
                  )}
                </CertificateCard>
              </label>
            </li>
          );
        })}
        {contents.certificates.map((entry) => (
          <li key={entry.fingerprint} class="is-aside">
            <CertificateCard certificate={entry} icon={entry.isAuthority ? "landmark" : "badge-check"} withCode>
              <p class="certificate-remark">{t(entry.isAuthority ? "import_authority" : "import_without_key")}</p>
            </CertificateCard>
          </li>
        ))}
      </ul>
      {contents.keysAlone > 0 && (
        <p class="hint">
          <Text words={words("identity_keys_alone", { n: contents.keysAlone })} />
        </p>
      )}
      {!contents.hasMac && <p class="notice tone-caution">{t("import_no_mac")}</p>}
    </div>
  );
}
