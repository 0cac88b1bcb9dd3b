import type { JSX } from "preact";
import { SETTING_NAMES, SETTINGS } from "../../settings/schema.ts";
import { native } from "../browser.ts";
import { Text, t } from "../i18n.tsx";
import { settings } from "../stored.ts";
import { words } from "../words.ts";
import { PageHead } from "./page-head.tsx";
import { PolicyRemoval } from "./policy-removal.tsx";

/** What leaves this computer, and to whom; nothing else does. */
const SENT = ["about_sent_webmail", "about_sent_nobody", "about_sent_stored"] as const;

const LICENCES: readonly (readonly [name: string, licence: string])[] = [
  ["Signet", "Apache-2.0"],
  ["@noble/ciphers, @noble/hashes", "MIT"],
  ["node-forge", "BSD-3-Clause"],
  ["Preact, Preact Signals", "MIT"],
  ["DOMPurify", "Apache-2.0 / MPL-2.0"],
  ["Valibot", "MIT"],
  ["Lucide", "ISC"],
  ["Mozilla NSS certdata.txt", "MPL-2.0"],
];

function Policies(): JSX.Element {
  const resolved = settings.value;
  const managed = SETTING_NAMES.filter((name) => resolved?.settings[name].origin === "managed");
  const problems = resolved?.problems ?? [];
  return (
    <section class="group" aria-labelledby="about-policies">
      <h2 id="about-policies">{t("about_policies")}</h2>
      <div class="card stack">
        <PolicyRemoval />
        {managed.length === 0 && <p>{t("about_policies_none")}</p>}
        {managed.length > 0 && (
          <dl class="terms">
            {managed.map((name) => (
              <div key={name}>
                <dt>{t(`${SETTINGS[name].words}_name`)}</dt>
                <dd>
                  <bdi dir="ltr" class="code">
                    {name} = {String(resolved?.settings[name].value)}
                  </bdi>
                </dd>
              </div>
            ))}
          </dl>
        )}
        {problems.length > 0 && (
          <p class="notice tone-caution">
            <Text words={words("about_policy_problems", { n: problems.length, list: problems.join(", ") })} />
          </p>
        )}
      </div>
    </section>
  );
}

/** Version, what is sent to whom, policies, licences. */
export function AboutPage(): JSX.Element {
  const { version } = native().runtime.getManifest();
  return (
    <>
      <PageHead title={t("options_about")} lead={<Text words={words("about_version", { version })} />} />
      <section class="group" aria-labelledby="about-sent">
        <h2 id="about-sent">{t("about_sent")}</h2>
        <ul class="card stack bullets">
          {SENT.map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
      </section>
      <section class="group" aria-labelledby="about-doubt">
        <h2 id="about-doubt">{t("about_doubt")}</h2>
        <div class="card stack">
          <p>{t("about_doubt_help")}</p>
          <p>
            <a href={native().runtime.getURL("open/index.html")}>{t("open_title")}</a>
          </p>
        </div>
      </section>
      <Policies />
      <section class="group" aria-labelledby="about-licences">
        <h2 id="about-licences">{t("about_licences")}</h2>
        <dl class="card terms">
          {LICENCES.map(([name, licence]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{licence}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  );
}
