import { useEffect } from "preact/hooks";
import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { announce } from "../components/live-regions.tsx";
import { errorKeys } from "../error-words.ts";
import { words } from "../words.ts";

interface Props {
  readonly failure: Failure;
  readonly headingId: string;
  readonly onAgain: () => void;
}

/** A file that could not be read: what happened, what to do, and the code for those who ask. */
export function FailureView({ failure, headingId, onAgain }: Props): JSX.Element {
  const { headline, sentence } = errorKeys(failure);
  useEffect(() => {
    announce(words("announce_caution", { headline: words(headline), sentence: words(sentence) }));
  }, [failure]);
  return (
    <section class="banner tone-caution" aria-labelledby={headingId} data-banner="error">
      <div class="banner-line">
        <span class="banner-icons">
          <Icon name="file-x" />
        </span>
        <div class="banner-words">
          <h2 id={headingId}>{t(headline)}</h2>
          <p>{t(sentence)}</p>
          <p class="remark">{t("error_code", { code: failure.code })}</p>
        </div>
        <div class="banner-actions">
          <button type="button" class="quiet" onClick={onAgain}>
            {t("error_try_again")}
          </button>
        </div>
      </div>
    </section>
  );
}
