import type { MessageView } from "../../messages/answers.ts";
import type { IconName } from "../components/icon-shapes.ts";
import { ROWS, TONES, type Row, type RowId, type Tone } from "./banner-rows.ts";
import { paramsOf } from "./banner-params.ts";
import { chooseRow } from "./choose-row.ts";
import type { Note } from "./note.ts";
import { notesOf, type SignerContact } from "./notes.ts";
import { preparedText } from "./prepared-text.ts";
import { CONFIRMED, findSignature, isEncryption } from "./signature-finding.ts";
import { withEvidence } from "./verified-evidence.ts";
import { words, type Words } from "../words.ts";

export interface Banner {
  readonly id: RowId;
  readonly tone: Tone;
  readonly icons: readonly IconName[];
  readonly headline: Words;
  readonly sentence: Words;
  readonly action: Row["action"];
  /** What the person may say or write to the sender, where the action is that. */
  readonly prepared: Words | null;
  readonly notes: readonly Note[];
}

const worst = (tones: readonly Tone[]): Tone =>
  tones.reduce((a, b) => (TONES.indexOf(a) > TONES.indexOf(b) ? a : b), "positive");

/**
 * What is said above a message: the first row that applies, in the order of the design (`ux.md` 0.2): not opened,
 * structure, signature, sender, nothing. The tone is the worst of the row and of the notes that warn, so that a note can
 * only lower it.
 *
 * @param readers addresses of the reader, as far as they are known
 * @param contact what became of the signer's certificate, where there is something to tell
 */
export function bannerOf(
  view: MessageView,
  readers: readonly string[] = [],
  contact: SignerContact | null = null,
  now = new Date(),
): Banner {
  const found = withEvidence(findSignature(view.verdict, view.layers), view);
  const chosen = chooseRow(view, found);
  const { id, variant, under } = chosen;
  const row: Row = ROWS[id];
  const notes = notesOf(view, CONFIRMED.has(found.finding), readers, contact, now);
  const params = paramsOf(view, found, chosen);
  // To look again helps where a list did not answer, and not where none is asked, or the certificate has ended.
  const action = id === "b3" && variant !== undefined ? null : row.action;
  const isSenderRow = id.startsWith("d") && view.layers.some(isEncryption);
  return {
    id,
    tone: worst([
      row.tone,
      ...(under ? [ROWS[under].tone] : []),
      ...notes.map(({ tone }) => tone).filter((tone) => tone !== "neutral"),
    ]),
    icons: isSenderRow ? ["lock", ...row.icons] : row.icons,
    headline: words(`read_${id}_headline`, params),
    sentence: words(`read_${id}_sentence${variant ? `_${variant}` : ""}`, params),
    action,
    prepared: preparedText(action, variant ?? id, view),
    notes,
  };
}
