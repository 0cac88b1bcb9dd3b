import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren, JSX } from "preact";
import type { Failure } from "../../messages/answers.ts";
import { DropZone } from "../components/drop-zone.tsx";
import { FailureNotice } from "../components/failure-notice.tsx";
import { PassphraseField } from "../components/passphrase-field.tsx";
import { Text, t } from "../i18n.tsx";
import type { IdentityView, Pkcs12View } from "../../messages/page-answers.ts";
import { ask, isNeeding } from "../background-client.ts";
import { identities, loadVault, vault } from "../stored.ts";
import { words } from "../words.ts";
import { initialChoice, Pkcs12Preview } from "./pkcs12-preview.tsx";
import { chosenOf, NO_PROTECTION_YET, ProtectionChoice } from "./protection-choice.tsx";
import { UnlockDialog } from "./unlock-dialog.tsx";

export const IDENTITY_FILES = ".p12,.pfx,application/x-pkcs12";

interface Opened {
  readonly file: Uint8Array;
  readonly passphrase: string;
  readonly contents: Pkcs12View;
}

interface Props {
  /** Of one file; the form then waits for the next or is taken away. */
  readonly onAdded: (added: readonly IdentityView[]) => void;
  readonly onClose: (() => void) | null;
  /**
   * Where how keys are kept is asked elsewhere: takes what stores the identity, to be called once a vault is there. Without
   * it the form asks itself.
   */
  readonly onNeedsVault?: (store: () => Promise<void>) => void;
  /** What stands above and below the drop zone, until a file is chosen. */
  readonly above?: ComponentChildren;
  readonly below?: ComponentChildren;
}

/**
 * Adds an identity: a file, its passphrase, what is in it, how keys are kept if that was never said; then it is stored.
 * Nothing is stored that was not shown.
 */
export function ImportIdentity(props: Props): JSX.Element {
  const { onAdded, onClose, onNeedsVault, above, below } = props;
  const [files, setFiles] = useState<readonly File[]>([]);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [protection, setProtection] = useState(NO_PROTECTION_YET);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isWorking, setWorking] = useState(false);
  const [isUnlocking, setUnlocking] = useState(false);
  const passphrase = useRef<HTMLInputElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const file = files[0];
  const known = new Set((identities.value ?? []).map(({ fingerprint }) => fingerprint));
  useEffect(() => {
    if (file !== undefined && opened === null) passphrase.current?.focus();
  }, [file]);
  useEffect(() => {
    if (opened !== null) heading.current?.focus();
  }, [opened]);

  const start = (list: readonly File[]): void => {
    setFiles(list);
    setOpened(null);
    setFailure(null);
    setProtection(NO_PROTECTION_YET);
  };
  const look = async (): Promise<void> => {
    if (file === undefined || isWorking) return;
    setWorking(true);
    const bytes = new Uint8Array(await file.arrayBuffer());
    const secret = passphrase.current?.value ?? "";
    const answer = await ask({ name: "inspectPkcs12", file: bytes, passphrase: secret });
    setWorking(false);
    setFailure(answer.ok ? null : answer.error);
    if (answer.ok) {
      setOpened({ file: bytes, passphrase: secret, contents: answer.value });
      setChosen(initialChoice(answer.value, known));
    } else if (answer.error.code === "pkcs12.wrong-passphrase") {
      passphrase.current?.focus();
      passphrase.current?.select();
    }
  };
  const add = async (): Promise<void> => {
    if (opened === null || isWorking) return;
    setFailure(null);
    if (vault.value?.kind === "none") {
      if (onNeedsVault) {
        onNeedsVault(() => newest.current());
        return;
      }
      const choice = chosenOf(protection);
      if (choice === null) {
        setProtection({ ...protection, isChecked: true });
        return;
      }
      setWorking(true);
      const made = await ask({ name: "createVault", ...choice });
      setWorking(false);
      if (!made.ok) {
        setFailure(made.error);
        return;
      }
      vault.value = made.value;
    }
    if (vault.value?.kind === "locked") {
      setUnlocking(true);
      return;
    }
    setWorking(true);
    const before = known;
    const answer = await ask({
      name: "importIdentities",
      file: opened.file,
      passphrase: opened.passphrase,
      accept: [...chosen],
    });
    setWorking(false);
    if (!answer.ok) {
      setFailure(answer.error);
    } else if (isNeeding(answer.value)) {
      await loadVault();
      setUnlocking(true);
    } else {
      const stored = answer.value;
      identities.value = stored;
      start(files.slice(1));
      onAdded(stored.filter(({ fingerprint }) => chosen.has(fingerprint) && !before.has(fingerprint)));
    }
  };

  // What is stored later is what is ticked then.
  const newest = useRef(add);
  newest.current = add;

  if (file === undefined) {
    return (
      <>
        {above}
        <DropZone
          title={t("import_drop")}
          hint={t("import_drop_hint")}
          choose={t("import_choose")}
          accept={IDENTITY_FILES}
          isMultiple
          onFiles={start}
        />
        {below}
      </>
    );
  }
  const isEmpty = opened !== null && opened.contents.identities.length === 0;
  return (
    <>
      <form
        class="card import-identity"
        onSubmit={(event) => {
          event.preventDefault();
          void (opened === null ? look() : add());
        }}
      >
        <div class="import-head">
          <h2 ref={heading} tabIndex={-1}>
            <Text words={words(opened === null ? "import_file" : "import_contents", { name: file.name })} />
          </h2>
          {files.length > 1 && (
            <span class="remark">
              <Text words={words("import_more", { n: files.length - 1 })} />
            </span>
          )}
        </div>
        {opened === null ? (
          <PassphraseField
            label={t("import_passphrase")}
            field={passphrase}
            autoComplete="off"
            error={
              failure?.code === "pkcs12.wrong-passphrase" && <Text words={words("import_wrong", { name: file.name })} />
            }
          />
        ) : (
          <Pkcs12Preview contents={opened.contents} known={known} chosen={chosen} onChoose={setChosen} />
        )}
        {isEmpty && (
          <p class="notice tone-caution" role="alert">
            <Text words={words("import_no_key", { name: file.name, n: opened.contents.certificates.length })} />
          </p>
        )}
        {opened !== null && !isEmpty && vault.value?.kind === "none" && !onNeedsVault && (
          <ProtectionChoice state={protection} onChange={setProtection} />
        )}
        {failure && failure.code !== "pkcs12.wrong-passphrase" && <FailureNotice failure={failure} />}
        <div class="row actions">
          <button
            type="button"
            onClick={() => {
              start(files.slice(1));
              if (files.length <= 1) onClose?.();
            }}
          >
            {t(files.length > 1 ? "import_skip" : "import_cancel")}
          </button>
          {opened === null && (
            <button type="submit" class="primary" aria-disabled={isWorking}>
              {t(isWorking ? "import_opening" : "import_open")}
            </button>
          )}
          {opened !== null && chosen.size > 0 && (
            <button type="submit" class="primary" aria-disabled={isWorking}>
              {isWorking ? (
                t("import_storing")
              ) : onNeedsVault && vault.value?.kind === "none" ? (
                t("import_continue")
              ) : (
                <Text words={words("import_add", { n: chosen.size })} />
              )}
            </button>
          )}
        </div>
      </form>
      {isUnlocking && (
        <UnlockDialog
          onUnlocked={() => {
            setUnlocking(false);
            void add();
          }}
          onClose={() => {
            setUnlocking(false);
          }}
        />
      )}
    </>
  );
}
