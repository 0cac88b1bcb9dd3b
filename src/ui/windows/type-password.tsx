import type { JSX } from "preact";
import type { PasswordQuestion } from "../../messages/page-answers.ts";
import { MarkView } from "../components/mark-view.tsx";
import { PasswordForm } from "../components/password-form.tsx";
import { ask } from "../background-client.ts";
import { t, Text } from "../i18n.tsx";
import { mark } from "../stored.ts";
import { words } from "../words.ts";

interface Props {
  readonly viewId: string;
  readonly question: PasswordQuestion;
  /** It is open, or stays closed. */
  readonly onClose: () => void;
}

/** The password of a message in a webmail (C15), typed where no page can draw or listen. */
export function TypePassword({ viewId, question: { host, from }, onClose }: Props): JSX.Element {
  return (
    <>
      <h1>{t("password_title")}</h1>
      <p>
        <Text words={from === null ? words("password_where", { host }) : words("password_from", { host, from })} />
      </p>
      <PasswordForm
        mark={mark.value && <MarkView mark={mark.value} />}
        onTry={async (password) => {
          const answer = await ask({ name: "openWithPassword", viewId, password });
          if (!answer.ok) return answer.error;
          onClose();
          return null;
        }}
        onClose={onClose}
      />
    </>
  );
}
