import type { JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { errorKeys } from "../error-words.ts";
import { t } from "../i18n.tsx";
import { Icon } from "./icon.tsx";

/** What went wrong and what to do, where the person is looking; the code in small type for those who ask. */
export function FailureNotice({ failure }: { readonly failure: Failure }): JSX.Element {
  const { headline, sentence } = errorKeys(failure);
  return (
    <div class="notice tone-caution" role="alert">
      <span class="notice-icon">
        <Icon name="triangle-alert" />
      </span>
      <div>
        <p>
          <strong>{t(headline)}.</strong> {t(sentence)}
        </p>
        {headline === "error_internal_headline" && <p class="remark">{t("error_code", { code: failure.code })}</p>}
      </div>
    </div>
  );
}
