import { describe, expect, it } from "vitest";
import { speak } from "../../../testing/own-page.ts";
import { text } from "../../i18n.tsx";
import { words } from "../../words.ts";
import { holdsOf, isWaiting, type FormOnHand } from "./holds.ts";
import type { AttachedFile, FileStatus } from "./files.ts";
import type { Recipient } from "./recipients.ts";
import { RECIPIENT_ROWS, type ShownStatus } from "./recipient-words.ts";

speak("en");

let id = 0;
const recipient = (address: string | null): Recipient => ({
  ...{ id: ++id, field: "to", name: "", address, text: address ?? "nobody", origin: "typed" },
});
const at = (status: ShownStatus): FormOnHand["recipients"][number] => ({
  recipient: recipient(status === "not-an-address" ? null : "ben@b.example"),
  status,
  state: null,
});
const file = (status: FileStatus): AttachedFile => ({
  file: { id: "0".repeat(32), name: "a.pdf", type: "application/pdf", size: 1 },
  ...{ status, done: 0, isKept: true },
});
const form = (change: Partial<FormOnHand>): FormOnHand => ({
  ...{ recipients: [at("ready")], files: [], serverCopy: "none", strangers: [], tooLarge: null, firstReaders: [] },
  ...change,
});
const ids = (change: Partial<FormOnHand>): string[] => holdsOf(form(change)).map((hold) => hold.id);

describe("why Send is held", () => {
  it("is not held where everybody can read it and everything is there", () => {
    expect(ids({ files: [file("kept")] })).toEqual([]);
  });

  it.each([
    ["none", "h1"],
    ["ended", "h3"],
    ["not-yet-valid", "y1"],
    ["untrusted", "h5"],
    ["wrong-purpose", "h6"],
    ["weak", "h7"],
    ["replacement-waits", "h9"],
    ["not-an-address", "h16"],
  ] as const)("is held for one recipient in the state %s by %s", (status, hold) => {
    expect(ids({ recipients: [at("ready"), at(status)] })).toEqual([hold]);
  });

  it("is held by one sum for several recipients", () => {
    const [hold] = holdsOf(form({ recipients: [at("none"), at("ready"), at("weak")] }));
    expect([hold?.id, hold?.params["n"]]).toEqual(["h2", 2]);
  });

  it("is held in every state that is not good, and in no other", () => {
    const good = (Object.keys(RECIPIENT_ROWS) as ShownStatus[]).filter(
      (status) => ids({ recipients: [at(status)] }).length === 0,
    );
    expect(good).toEqual(["ready", "ends-soon", "several", "own"]);
  });

  it.each([
    ["nobody to send to", { recipients: [] }, "h17"],
    ["a file that cannot be read", { files: [file("unreadable")] }, "h42"],
    ["a copy on the server", { serverCopy: "remains" }, "h46"],
    ["a new reader of a quotation", { strangers: [recipient("eve@e.example")] }, "h92"],
    ["a look-up", { recipients: [at("looking-up")] }, "h14"],
    ["a file on its way", { files: [file("moving")] }, "y2"],
  ] as const)("is held by %s", (_, change, hold) => {
    expect(ids(change)).toEqual([hold]);
  });

  const FILE = { id: "1".repeat(32), name: "scan.pdf", type: "application/pdf", size: 1 };
  const large = { size: 12_000_000, limit: 10_000_000, rest: 9_000_000 };

  it("is held above the server's limit, with the numbers and the file to take out", () => {
    const [hold] = holdsOf(form({ tooLarge: { ...large, out: [FILE] } }));
    expect(hold?.id).toBe("h41_files");
    expect(text(words("send_h41_files_sentence", hold?.params))).toBe(
      "12 MB after protection, the server takes 10 MB. Without scan.pdf it has 9 MB.",
    );
    expect(hold?.acts).toEqual([{ act: "remove-files", files: [FILE.id] }, { act: "keep-writing" }]);
  });

  it("is held above the server's limit where no file is to blame", () => {
    const [hold] = holdsOf(form({ tooLarge: { ...large, out: [] } }));
    expect([hold?.id, hold?.acts.map(({ act }) => act)]).toEqual(["h41", ["keep-writing"]]);
  });

  it("asks before the first encrypted mail to somebody, by three choices, and only when nothing else is in the way", () => {
    const reader = recipient("ben@b.example");
    const list = { recipients: [{ ...at("ready"), recipient: reader }], firstReaders: [reader] };
    const [hold] = holdsOf(form(list));
    expect([hold?.id, hold?.acts.map(({ act }) => act)]).toEqual(["h95", ["send-first", "explain", "keep-writing"]]);
    expect(text(words("send_h95_headline", hold?.params))).toBe("First encrypted mail to ben@b.example");
    expect(ids({ ...list, files: [file("unreadable")] })).toEqual(["h42"]);
  });

  it("waits by itself for look-ups and files only", () => {
    const all = holdsOf(
      form({
        recipients: [at("none"), at("looking-up")],
        files: [file("moving"), file("unreadable")],
        serverCopy: "remains",
        strangers: [recipient("eve@e.example")],
      }),
    );
    expect(all.filter(isWaiting).map((hold) => hold.id)).toEqual(["h14", "y2"]);
    expect(all[0]?.id).toBe("h46");
  });

  it("offers nothing by which the message would leave unencrypted", () => {
    const acts = new Set(
      (Object.keys(RECIPIENT_ROWS) as ShownStatus[]).flatMap((status) =>
        holdsOf(form({ recipients: [at(status)], files: [file("unreadable")], serverCopy: "remains" })).flatMap(
          (hold) => hold.acts.map(({ act }) => act),
        ),
      ),
    );
    expect([...acts].sort()).toEqual(["attach-again", "compare", "keep-writing", "remove", "remove-files", "show"]);
  });
});
