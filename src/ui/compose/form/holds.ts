import type { RecipientState, ServerCopy } from "../../../messages/secure-form.ts";
import type { IconName } from "../../components/icon-shapes.ts";
import { shortName } from "../../components/short-name.ts";
import type { Words } from "../../words.ts";
import { formatSize } from "../../i18n.tsx";
import type { AttachedFile } from "./files.ts";
import type { TooLarge } from "./message-size.ts";
import type { Recipient } from "./recipients.ts";
import type { ShownStatus } from "./recipient-words.ts";

/** What a person can do about a reason; each is a button. None of them sends in clear. */
export type HoldAct =
  | { readonly act: "show" | "compare" | "remove"; readonly recipients: readonly Recipient[] }
  | { readonly act: "confirm" | "without-quote" | "send-first" | "explain"; readonly recipients: readonly Recipient[] }
  | { readonly act: "attach-again"; readonly file: string }
  | { readonly act: "remove-files"; readonly files: readonly string[] }
  | { readonly act: "add-recipient" | "keep-writing" };

/** A reason why Send is held, by its id in `ux.md`, table 2C; `y` is beside it. */
export interface Hold {
  readonly id: string;
  readonly tone: "neutral" | "caution";
  readonly icon: IconName;
  readonly params: Words["params"];
  readonly acts: readonly HoldAct[];
}

export interface FormOnHand {
  readonly recipients: readonly {
    readonly recipient: Recipient;
    readonly status: ShownStatus;
    readonly state: RecipientState | null;
  }[];
  readonly files: readonly AttachedFile[];
  readonly serverCopy: ServerCopy | null;
  /** Recipients of an answer who have read nothing of what it quotes, and whom the person has not confirmed (H92). */
  readonly strangers: readonly Recipient[];
  /** What the server would refuse for its size (H41). */
  readonly tooLarge: TooLarge | null;
  /** Recipients of their first encrypted mail, of whom the person was not told (H95). */
  readonly firstReaders: readonly Recipient[];
}

type Unready = Exclude<ShownStatus, "ready" | "ends-soon" | "own" | "several" | "looking-up">;

const ONE: Readonly<Record<Unready, readonly [id: string, icon: IconName]>> = {
  none: ["h1", "circle-slash"],
  ended: ["h3", "clock-alert"],
  "not-yet-valid": ["y1", "clock-alert"],
  untrusted: ["h5", "badge-question-mark"],
  "wrong-purpose": ["h6", "badge-alert"],
  weak: ["h7", "badge-alert"],
  "replacement-waits": ["h9", "id-card"],
  "not-an-address": ["h16", "circle-x"],
};

const isUnready = (status: ShownStatus): status is Unready => Object.hasOwn(ONE, status);

function unreadyOne(status: Unready, recipient: Recipient, state: RecipientState | null): Hold {
  const [id, icon] = ONE[status];
  const recipients = [recipient];
  const certificate = state?.certificate ?? null;
  const first: HoldAct = { act: status === "replacement-waits" ? "compare" : "show", recipients };
  const date = status === "not-yet-valid" ? certificate?.notBefore : certificate?.notAfter;
  return {
    ...{ id, icon, tone: "caution" },
    params: {
      address: recipient.address ?? recipient.text,
      text: recipient.text,
      date: date ?? new Date(Number.NaN),
      issuer: shortName(certificate?.issuer ?? null),
      key: state?.key ?? "",
    },
    acts: [first, { act: "remove", recipients }],
  };
}

function unready(list: FormOnHand["recipients"]): Hold[] {
  const open = list.flatMap(({ recipient, status, state }) =>
    isUnready(status) ? [{ recipient, status, state }] : [],
  );
  const [first] = open;
  if (first === undefined) return [];
  if (open.length === 1) return [unreadyOne(first.status, first.recipient, first.state)];
  const recipients = open.map(({ recipient }) => recipient);
  return [
    {
      ...{ id: "h2", icon: "users-round", tone: "caution" },
      params: { n: open.length },
      acts: [
        { act: "show", recipients },
        { act: "remove", recipients },
      ],
    },
  ];
}

const unreadable = ({ file }: AttachedFile): Hold => ({
  ...{ id: "h42", icon: "file-warning", tone: "caution" },
  params: { file: file.name },
  acts: [
    { act: "attach-again", file: file.id },
    { act: "remove-files", files: [file.id] },
  ],
});

export function tooLargeHold({ size, limit, out, rest }: TooLarge): Hold {
  const numbers = { size: formatSize(size), limit: formatSize(limit) };
  const row = { icon: "file-warning", tone: "caution" } as const;
  if (out.length === 0) return { ...row, id: "h41", params: numbers, acts: [{ act: "keep-writing" }] };
  return {
    ...row,
    id: "h41_files",
    params: { ...numbers, files: out.map(({ name }) => name).join(", "), rest: formatSize(rest) },
    acts: [{ act: "remove-files", files: out.map(({ id }) => id) }, { act: "keep-writing" }],
  };
}

const strange = (recipients: readonly Recipient[]): Hold => ({
  ...{ id: "h92", icon: "user-round-plus", tone: "caution" },
  params: { address: recipients.map(({ address }) => address).join(", "), n: recipients.length },
  acts: [{ act: "confirm", recipients }, { act: "without-quote", recipients }, { act: "keep-writing" }],
});

function first(readers: readonly Recipient[], list: FormOnHand["recipients"]): Hold {
  const state = list.find(({ recipient }) => recipient === readers[0])?.state ?? null;
  return {
    ...{ id: "h95", icon: "mail", tone: "neutral" },
    params: {
      n: readers.length,
      address: readers.map(({ address }) => address).join(", "),
      date: state?.certificate?.notBefore ?? new Date(Number.NaN),
    },
    acts: [
      { act: "send-first", recipients: readers },
      { act: "explain", recipients: readers },
      { act: "keep-writing" },
    ],
  };
}

const waiting = (id: string, n: number): Hold => ({
  ...{ id, icon: "circle-dashed", tone: "neutral" },
  params: { n },
  acts: [{ act: "keep-writing" }],
});

/** Everything that keeps the message from being sent, the worst first; nothing is ever sent around one of them. */
export function holdsOf(form: FormOnHand): readonly Hold[] {
  const faults = faultsOf(form);
  // Asked last, when nothing else is in the way: once for each contact is enough.
  return faults.length === 0 && form.firstReaders.length > 0 ? [first(form.firstReaders, form.recipients)] : faults;
}

function faultsOf({ recipients, files, serverCopy, strangers, tooLarge }: FormOnHand): readonly Hold[] {
  const lookingUp = recipients.filter(({ status }) => status === "looking-up").length;
  const moving = files.filter(({ status }) => status === "moving" || status === "elsewhere").length;
  return [
    ...(serverCopy === "remains"
      ? [{ id: "h46", icon: "file-warning", tone: "caution", params: {}, acts: [{ act: "keep-writing" }] } as const]
      : []),
    ...(recipients.length === 0
      ? [{ id: "h17", icon: "user-round-x", tone: "neutral", params: {}, acts: [{ act: "add-recipient" }] } as const]
      : []),
    ...unready(recipients),
    ...files.filter(({ status }) => status === "unreadable").map(unreadable),
    ...(tooLarge === null ? [] : [tooLargeHold(tooLarge)]),
    ...(strangers.length > 0 ? [strange(strangers)] : []),
    ...(lookingUp > 0 ? [waiting("h14", lookingUp)] : []),
    ...(moving > 0 ? [waiting("y2", moving)] : []),
  ];
}

/** Reasons that end by themselves: Send goes on when they do. */
export const isWaiting = ({ id }: Hold): boolean => id === "h14" || id === "y2";
