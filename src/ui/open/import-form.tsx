import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Answer, Failure } from "../../messages/answers.ts";
import { Text, t } from "../i18n.tsx";
import { errorKeys } from "../error-words.ts";
import { words } from "../words.ts";

/** What the person chose: bytes of a file and, for a PKCS#12 file, its passphrase. */
export interface Chosen {
  readonly name: string;
  readonly file: Uint8Array;
  readonly passphrase: string;
}

interface Props<T> {
  /** Translation keys begin with it: `identity`, `trust`. */
  readonly kind: "identity" | "trust";
  readonly accept: string;
  /** Shows what a file holds; takes nothing. */
  readonly inspect: (chosen: Chosen) => Promise<Answer<T>>;
  readonly preview: (value: T) => ComponentChildren;
  /** How many can be taken of it. */
  readonly count: (value: T) => number;
  readonly take: (chosen: Chosen, value: T) => Promise<Answer<unknown>>;
  readonly onClose: () => void;
}

function FormError({ failure }: { readonly failure: Failure }): JSX.Element {
  const { headline, sentence } = errorKeys(failure);
  return (
    <p class="form-error" role="alert">
      <strong>{t(headline)}.</strong> {t(sentence)}
    </p>
  );
}

/** Choose a file, look inside, then take it: nothing is taken that was not shown (attack 48). */
export function ImportForm<T>(props: Props<T>): JSX.Element {
  const { kind, accept, inspect, preview, count, take, onClose } = props;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fileInput = useRef<HTMLInputElement>(null);
  const passphraseInput = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const fileId = useId();
  const passphraseId = useId();
  useEffect(() => {
    fileInput.current?.focus();
  }, []);
  useEffect(() => {
    if (value !== null) heading.current?.focus();
  }, [value]);

  const look = async (): Promise<void> => {
    const file = fileInput.current?.files?.[0];
    if (file === undefined) {
      fileInput.current?.click();
      return;
    }
    const bytes = new Uint8Array(await file.arrayBuffer());
    const next = { name: file.name, file: bytes, passphrase: passphraseInput.current?.value ?? "" };
    const answer = await inspect(next);
    setFailure(answer.ok ? null : answer.error);
    if (!answer.ok) {
      if (answer.error.code === "pkcs12.wrong-passphrase") passphraseInput.current?.select();
      return;
    }
    setChosen(next);
    setValue(answer.value);
  };
  const accepted = async (): Promise<void> => {
    if (chosen === null || value === null) return;
    const answer = await take(chosen, value);
    if (answer.ok) onClose();
    else setFailure(answer.error);
  };
  const n = value === null ? 0 : count(value);
  return (
    <form
      class="import"
      onSubmit={(event) => {
        event.preventDefault();
        void (value === null ? look() : accepted());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <div hidden={value !== null} class="import-fields">
        <label for={fileId}>{t(`${kind}_file`)}</label>
        <input id={fileId} ref={fileInput} type="file" accept={accept} />
        {kind === "identity" && (
          <>
            <label for={passphraseId}>{t("identity_passphrase")}</label>
            <input
              id={passphraseId}
              ref={passphraseInput}
              type="password"
              autoComplete="off"
              spellcheck={false}
              aria-invalid={failure?.code === "pkcs12.wrong-passphrase"}
            />
          </>
        )}
      </div>
      {chosen !== null && value !== null && (
        <>
          <h3 ref={heading} tabIndex={-1}>
            <Text words={words("identity_contents", { name: chosen.name })} />
          </h3>
          {preview(value)}
        </>
      )}
      {failure && <FormError failure={failure} />}
      <div class="row">
        {value === null && (
          <button type="submit" class="primary">
            {t("identity_look")}
          </button>
        )}
        {n > 0 && (
          <button type="submit" class="primary">
            {t(`${kind}_take`, { n })}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {t("identity_cancel")}
        </button>
      </div>
    </form>
  );
}
