import { describe, expect, it } from "vitest";
import { holdsOf, isWaiting, type FormOnHand } from "./holds.ts";
import type { AttachedFile, FileStatus } from "./files.ts";
import type { Recipient } from "./recipients.ts";
import { RECIPIENT_ROWS, type ShownStatus } from "./recipient-words.ts";

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
  ...{ recipients: [at("ready")], files: [], serverCopy: "none", strangers: [] },
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
    expect([...acts].sort()).toEqual(["attach-again", "compare", "keep-writing", "remove", "remove-file", "show"]);
  });
});
