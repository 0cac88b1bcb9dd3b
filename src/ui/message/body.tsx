import { useMemo } from "preact/hooks";
import type { JSX } from "preact";
import type { MessageView, PartView } from "../../messages/answers.ts";
import { Icon } from "../components/icon.tsx";
import { t } from "../i18n.tsx";
import { BodyFrame } from "./body-frame.tsx";
import { isSameLayer } from "./same-layer.ts";
import { dataAddress } from "./data-address.ts";
import { sanitize, wordsOfHtml, type Sanitized } from "./sanitize.ts";
import { isEncryption } from "./signature-finding.ts";
import { htmlDocument, textDocument } from "./trusted-document.ts";

interface Props {
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Shows only the words of HTML. */
  readonly isTextOnly?: boolean;
}

const PICTURE_TYPE = /^image\/(png|jpeg|gif|webp)$/;
/** Larger pictures are attachments: a `data:` address of them would be three times in memory. */
const MAX_PICTURE_SIZE = 8 * 1024 * 1024;

/** Pictures of the same message by their Content-ID; of another layer or message there are none (attack 14). */
function pictures(shown: PartView, { view, contents }: Props): (contentId: string) => string | null {
  const near = view.parts.filter(({ path }) => isSameLayer(view, shown.path, path));
  return (contentId) => {
    const part = near.find((candidate) => candidate.contentId === contentId);
    const bytes = part && PICTURE_TYPE.test(part.type) ? contents.get(part.path) : undefined;
    return bytes === undefined || part === undefined || bytes.length > MAX_PICTURE_SIZE
      ? null
      : dataAddress(part.type, bytes);
  };
}

function shownDocument(part: PartView, props: Props): { document: unknown; hasRemote: boolean } {
  const text = new TextDecoder().decode(props.contents.get(part.path));
  if (part.role === "text") return { document: textDocument(text), hasRemote: false };
  if (part.role === "html-as-text" || props.isTextOnly === true)
    return { document: textDocument(wordsOfHtml(text)), hasRemote: false };
  const linkWords = (label: string, target: string): string => t("body_link_target", { label, target });
  const { markup, hasRemote }: Sanitized = sanitize(text, { picture: pictures(part, props), linkWords });
  return { document: htmlDocument(markup), hasRemote };
}

function Part({ part, ...props }: Props & { readonly part: PartView }): JSX.Element {
  const { view, contents, isTextOnly = false } = props;
  const shown = useMemo(() => shownDocument(part, { view, contents, isTextOnly }), [part, view, contents, isTextOnly]);
  const address = (view.inner ?? view.outer).from[0]?.address ?? "?";
  const title = t(view.layers.some(isEncryption) ? "body_title_decrypted" : "body_title", { address });
  return (
    <>
      {shown.hasRemote && (
        <p class="hint">
          <Icon name="eye-off" /> {t("body_remote")}
        </p>
      )}
      <BodyFrame document={shown.document} title={title} />
    </>
  );
}

const isShown = ({ role }: PartView): boolean => role === "text" || role === "html" || role === "html-as-text";

/** The text of the message; several parts stand apart, each in a frame of its own (attacks 12 and 13). */
export function Body({ view, contents, isTextOnly = false }: Props): JSX.Element {
  const shown = view.parts.filter(isShown);
  const isDecrypted = view.layers.some(isEncryption);
  return (
    <div class="bodies">
      {isDecrypted && shown.length > 0 && (
        <p class="hint">
          <Icon name="lock-open" /> {t("body_decrypted")}
        </p>
      )}
      {shown.map((part) => (
        <Part key={part.path} part={part} view={view} contents={contents} isTextOnly={isTextOnly} />
      ))}
      {shown.length === 0 && <p class="hint">{t("body_none")}</p>}
    </div>
  );
}
