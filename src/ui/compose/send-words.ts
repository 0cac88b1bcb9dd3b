import type { HeldReason } from "../../messages/frame-requests.ts";
import { formatSize } from "../i18n.tsx";
import type { IconName } from "../components/icon-shapes.ts";
import type { Notice } from "../message/state-banner.tsx";
import { words, type Words } from "../words.ts";

interface Row {
  /** Of ux.md, table 2C. */
  readonly id: string;
  readonly icon: IconName;
  readonly tone: "neutral" | "caution";
}

const caution = (id: string, icon: IconName): Row => ({ id, icon, tone: "caution" });
const neutral = (id: string, icon: IconName): Row => ({ id, icon, tone: "neutral" });

/** Why the background, or the webmail, has not sent. The words of a row are `send_<id>_headline` and `…_sentence`. */
export const HELD: Readonly<Record<HeldReason, Row>> = {
  "no-recipient": neutral("send_h17", "user-round-x"),
  "not-an-address": caution("send_h16", "circle-x"),
  "no-certificate": caution("send_h20", "id-card"),
  "certificate-unusable": caution("send_h21", "clock-alert"),
  "other-address": caution("send_h25", "user-round-x"),
  attachments: caution("send_h44", "file-warning"),
  rate: neutral("send_h55", "hourglass"),
  throttled: neutral("send_h55", "hourglass"),
  "self-check": caution("send_h47", "badge-x"),
  "too-large": caution("send_h41_plain", "file-warning"),
  "signed-out": caution("send_h52", "circle-slash"),
  unreachable: caution("send_h53", "wifi-off"),
  refused: caution("send_h54", "circle-x"),
  "not-found": caution("send_h54", "circle-x"),
  "page-unknown": caution("send_h59", "circle-dashed"),
  "page-encrypts": caution("send_h65", "shield-off"),
  covered: caution("send_h60", "scan"),
  "no-own-certificate": caution("send_h26", "lock"),
  "recipients-changed": caution("send_h18", "users-round"),
  stopped: neutral("send_h40", "lock-keyhole"),
  "server-copy": caution("send_h46", "file-warning"),
  "storage-full": caution("send_h63", "file-warning"),
  failed: caution("send_h64", "circle-x"),
};

/** H41, with the numbers that are known. */
export function tooLargeNotice(size: number, limit: number | null, text: string): Notice {
  const row = caution(limit === null ? "send_h41_size" : "send_h41", "file-warning");
  return noticeOf(row, { size: formatSize(size), text, ...(limit === null ? {} : { limit: formatSize(limit) }) });
}

export function noticeOf({ id, icon, tone }: Row, params: Words["params"] = {}): Notice {
  return { id, tone, icon, headline: words(`${id}_headline`, params), sentence: words(`${id}_sentence`, params) };
}
