import { describe, expect, it, vi } from "vitest";
import type { Outgoing } from "../adapter.ts";
import type { PageSettings } from "./page-settings.ts";
import { MAY_BE_BUSY_MS, sendingBy, type Sending } from "./sending.ts";
import { refused, type ServiceRequest, type ServiceResult } from "./service.ts";

const outgoing: Outgoing = {
  message: new TextEncoder().encode("From: a@a.example\r\n\r\nx"),
  messageId: "<1@a.example>",
  from: "a@a.example",
  to: ["b@b.example", "c@c.example"],
  cc: [],
  bcc: ["d@d.example"],
};
const done: ServiceResult = { ok: true, calls: [{ name: "display_message", values: ["", "confirmation", 0] }] };
const silent = refused("unreachable", "", false);
const rows = (...uids: number[]): ServiceResult => ({
  ok: true,
  calls: uids.map((uid) => ({ name: "add_message_row", values: [uid, {}] })),
});

interface Answers {
  readonly import?: ServiceResult;
  /** Of what is looked for in Drafts and in Sent, in turn; the last one stays. */
  readonly drafts?: readonly ServiceResult[];
  readonly sent?: readonly ServiceResult[];
  readonly bounce?: readonly ServiceResult[];
  readonly delete?: readonly ServiceResult[];
}

function make(
  answers: Answers,
  { target = "Sent", maxFileSize = 1000 }: { target?: string; maxFileSize?: number } = {},
): {
  sending: Sending;
  asked: string[];
  requests: ServiceRequest[];
  pass: (ms: number) => void;
  whenSent: ReturnType<typeof vi.fn>;
} {
  const requests: ServiceRequest[] = [];
  const asked: string[] = [];
  const left = {
    drafts: [...(answers.drafts ?? [rows(7)])],
    sent: [...(answers.sent ?? [rows()])],
    bounce: [...(answers.bounce ?? [done])],
    delete: [...(answers.delete ?? [done])],
  };
  const next = (list: ServiceResult[]): ServiceResult => (list.length > 1 ? list.shift() : list[0]) ?? silent;
  let time = 0;
  const whenSent = vi.fn(() => Promise.resolve());
  const sending = sendingBy({
    settings: { drafts: "Drafts", maxFileSize } as PageSettings,
    service: (request) => {
      const folder =
        request.query?.["_mbox"] ?? (request.form instanceof FormData ? "" : request.form?.["_mbox"]) ?? "";
      requests.push(request);
      asked.push(`${request.action} ${folder}`);
      if (request.action === "import") return Promise.resolve(answers.import ?? done);
      if (request.action === "search") return Promise.resolve(next(folder === "Drafts" ? left.drafts : left.sent));
      if (request.action === "delete") return Promise.resolve(next(left.delete));
      return Promise.resolve(request.action === "bounce" ? next(left.bounce) : done);
    },
    fetchSource: ({ folder, uid }) => Promise.resolve({ ok: true, source: new Blob([`${folder} ${uid}`]) }),
    heldFor: () => null,
    storeTarget: () => target,
    whenSent,
    now: () => time,
  });
  return { sending, asked, requests, pass: (ms) => (time += ms), whenSent };
}

const MADE = ["import Drafts", "search Drafts", "bounce Drafts"];
const UNDONE = "delete Drafts";

describe("sending by Roundcube", () => {
  it("imports, finds, hands on with a bare envelope and removes what it imported", async () => {
    const { sending, asked, requests, whenSent } = make({});
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
    expect(asked).toEqual([...MADE, UNDONE]);
    expect(requests[1]?.query).toMatchObject({ _filter: "HEADER Message-ID 1@a.example" });
    expect(requests[2]?.form).toEqual({
      ...{ _uid: "7", _mbox: "Drafts", _from: "a@a.example", _to: "b@b.example,c@c.example" },
      ...{ _cc: "", _bcc: "d@d.example", _store_target: "Sent" },
    });
    expect(whenSent).toHaveBeenCalledOnce();
  });

  it("sends nothing that the server does not take as one file", async () => {
    const { sending, asked } = make({}, { maxFileSize: 10 });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", reason: "too-large" });
    expect(asked).toEqual([]);
  });

  it("sends nothing where importing fails", async () => {
    const { sending, asked } = make({ import: refused("refused", "Import failed!", true) });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", text: "Import failed!" });
    expect(asked).toEqual(["import Drafts"]);
  });

  it("goes on with what was imported where only the answer was lost", async () => {
    const { sending } = make({ import: silent });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
  });

  it.each([
    ["is not there", "unreachable", { import: silent, drafts: [rows()] }, []],
    ["is there twice", "refused", { drafts: [rows(7, 8)] }, [UNDONE, UNDONE]],
    ["cannot be looked for", "unreachable", { drafts: [silent] }, []],
  ])("sends nothing where the imported message %s", async (_, reason, answers, undone) => {
    const { sending, asked } = make(answers);
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", reason });
    expect(asked).toEqual(["import Drafts", "search Drafts", ...undone]);
  });

  it("removes from Drafts what the mail server refused", async () => {
    const { sending, asked, whenSent } = make({ bounce: [refused("refused", "SMTP Error (550)", true)] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", text: "SMTP Error (550)" });
    expect(asked).toEqual([...MADE, UNDONE]);
    expect(whenSent).not.toHaveBeenCalled();
  });

  it("removes with the next message what could not be removed when the session had ended", async () => {
    const over = refused("signed-out", "", true);
    const { sending, requests } = make({ drafts: [rows(7), rows(8)], bounce: [over, done], delete: [over, done] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "not-sent", reason: "signed-out" });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
    const removed = requests.filter(({ action }) => action === "delete").map(({ form }) => form);
    expect(removed).toEqual(["7", "7", "8"].map((uid) => ({ _mbox: "Drafts", _uid: uid })));
  });

  it("knows by the copy in Sent that a lost answer was a yes", async () => {
    const { sending, asked } = make({ bounce: [silent], sent: [rows(3)] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "sent" });
    expect(asked).toEqual([...MADE, "search Sent", UNDONE]);
  });

  it("leaves it open without a copy, and repeats it by itself never, by hand only when the server is surely done", async () => {
    const { sending, asked, pass } = make({ bounce: [silent, done] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "unknown" });
    expect(await sending.settle()).toMatchObject({ outcome: "unknown" });
    expect(asked.filter((each) => each.startsWith("bounce"))).toHaveLength(1);
    pass(MAY_BE_BUSY_MS + 1);
    expect(await sending.settle()).toMatchObject({ outcome: "sent" });
    expect(asked.filter((each) => each.startsWith("import"))).toHaveLength(1);
  });

  it("never repeats where no copy is kept, or where Sent cannot be searched", async () => {
    for (const { sending, asked, pass } of [
      make({ bounce: [silent] }, { target: "" }),
      make({ bounce: [silent], sent: [silent] }),
    ]) {
      expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "unknown" });
      pass(10 * MAY_BE_BUSY_MS);
      expect(await sending.settle()).toMatchObject({ outcome: "unknown" });
      expect(asked.filter((each) => each.startsWith("bounce"))).toHaveLength(1);
    }
  });

  it("takes an answer without a word of success for none", async () => {
    const { sending } = make({ bounce: [{ ok: true, calls: [] }] });
    expect(await sending.transmit(outgoing)).toMatchObject({ outcome: "unknown" });
  });

  it("reads the copy back from Sent", async () => {
    const { sending } = make({ sent: [rows(3)] });
    await sending.transmit(outgoing);
    const copy = await sending.fetchSentCopy();
    expect(copy.ok && copy.source instanceof Blob && (await copy.source.text())).toBe("Sent 3");
  });
});
