import type { JSX } from "preact";
import { SIGNED_CORE, type MessageView } from "../../messages/answers.ts";
import { t } from "../i18n.tsx";
import type { Words } from "../words.ts";
import { Attachments } from "./attachments.tsx";
import type { RowAction } from "./banner-rows.ts";
import { Body } from "./body.tsx";
import { CarriedCertificates } from "./carried-certificates.tsx";
import { CompareAddresses } from "./compare-addresses.tsx";
import { CompareCode } from "./compare-code.tsx";
import { decidable } from "./decidable.ts";
import type { Note } from "./note.ts";
import { PreparedText } from "./prepared-text-view.tsx";
import { RecipientsPanel } from "./recipients-panel.tsx";
import { findSignature } from "./signature-finding.ts";
import { SignedHeader } from "./signed-header.tsx";

type AnyAction = RowAction | NonNullable<Note["action"]>;
type InPlace = (typeof IN_PLACE)[number];

/** Actions that open something in the banner itself; every other is the page's around it. */
const IN_PLACE = [
  "check-sender",
  "tell-sender",
  "ask-again",
  "ask-sender",
  "compare-code",
  "compare-addresses",
  "show-characters",
  "show-signed",
  "show-recipients",
  "review-certificates",
  "use-signed",
] as const satisfies readonly AnyAction[];

export const isInPlace = (action: AnyAction): action is InPlace => (IN_PLACE as readonly string[]).includes(action);

/** What the page around a banner does. */
export type BannerAction = Exclude<AnyAction, InPlace | "save-original" | "save-file"> | "trust-certificate";

interface Props {
  readonly action: InPlace;
  readonly prepared: Words | null;
  readonly view: MessageView;
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly onAction: (action: BannerAction) => void;
}

/** The signed part without the words that others put around it. */
function SignedPart({ view: { core }, contents }: Pick<Props, "view" | "contents">): JSX.Element | null {
  if (core === null) return null;
  const own = [...contents].filter(([path]) => path.startsWith(SIGNED_CORE));
  const inside = new Map(own.map(([path, bytes]) => [path.slice(SIGNED_CORE.length), bytes]));
  return (
    <section class="signed-part" aria-label={t("signed_part")}>
      <Body view={core.view} contents={inside} />
      <Attachments view={core.view} contents={inside} />
    </section>
  );
}

/** What an action of the banner opens below it. */
export function BannerPanel({ action, prepared, view, contents, onAction }: Props): JSX.Element | null {
  switch (action) {
    case "check-sender":
      return prepared && <PreparedText kind="check" prepared={prepared} />;
    case "tell-sender":
    case "ask-again":
    case "ask-sender":
      return prepared && <PreparedText kind="tell" prepared={prepared} />;
    case "compare-code": {
      const certificate = findSignature(view.verdict, view.layers).signer?.certificate ?? null;
      const isOpen = decidable(view)?.kind === "trust";
      const onTrust = (): void => {
        onAction("trust-certificate");
      };
      return certificate && <CompareCode certificate={certificate} onTrust={isOpen ? onTrust : null} />;
    }
    case "compare-addresses":
    case "show-characters": {
      const onLink = (): void => {
        onAction("link-person");
      };
      return <CompareAddresses view={view} onLink={decidable(view)?.kind === "link" ? onLink : null} />;
    }
    case "show-signed":
      return <SignedPart view={view} contents={contents} />;
    case "show-recipients":
      return <RecipientsPanel view={view} />;
    case "review-certificates":
      return <CarriedCertificates view={view} />;
    case "use-signed":
      return <SignedHeader view={view} />;
  }
}
