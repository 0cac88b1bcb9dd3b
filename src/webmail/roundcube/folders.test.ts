import { describe, expect, it } from "vitest";
import { fetchItem, folderMessages, isInSent } from "./folders.ts";
import { suggestPeople } from "./people.ts";
import { savedDraft } from "./saved-draft.ts";
import { refused, type Service, type ServiceRequest, type ServiceResult } from "./service.ts";

const calls = (...list: readonly (readonly [name: string, ...values: unknown[]])[]): ServiceResult => ({
  ok: true,
  calls: list.map(([name, ...values]) => ({ name, values })),
});
const asked: ServiceRequest[] = [];
const answering = (...answers: readonly ServiceResult[]): Service => {
  asked.length = 0;
  const left = [...answers];
  return (request) => {
    asked.push(request);
    return Promise.resolve(left.shift() ?? calls());
  };
};
const from = `<span class="adr"><span title="bob@b.example" class="rcmContactAddress">Bob &amp; Co</span></span>`;

describe("Roundcube's folders", () => {
  it("are listed by the server's rows, without its markup", async () => {
    const row = { subject: "1 &lt; 2", fromto: from, date: "Today 10:00" };
    const service = answering(
      calls(["set_rowcount", "1"], ["add_message_row", 12, row, { ctype: "application/pkcs7-mime" }, false]),
    );
    expect(await folderMessages(service, "Häuser & Co")).toEqual({
      ok: true,
      items: [
        { item: "12 Häuser & Co", subject: "1 < 2", from: "bob@b.example", date: "Today 10:00", isEncrypted: true },
      ],
    });
    expect(asked[0]?.query).toMatchObject({ _mbox: "Häuser & Co" });
  });

  it("are empty rows where the server leaves columns out", async () => {
    expect(await folderMessages(answering(calls(["add_message_row", 1])), "INBOX")).toMatchObject({
      items: [{ item: "1 INBOX", subject: "", from: "", date: null, isEncrypted: false }],
    });
  });

  it("give a message of a list, and none of another name", async () => {
    const fetch = (place: object): Promise<{ ok: true; source: Blob }> =>
      Promise.resolve({ ok: true, source: new Blob([JSON.stringify(place)]) });
    const reply = await fetchItem(fetch, "12 Häuser & Co");
    expect(reply.ok && reply.source instanceof Blob && (await reply.source.text())).toBe(
      '{"uid":"12","folder":"Häuser & Co"}',
    );
    expect(await fetchItem(fetch, "1:* INBOX")).toMatchObject({ ok: false, reason: "not-found" });
  });

  it("say whether a message was sent, as far as they can be searched", async () => {
    const id = "<1@a.example>";
    expect(await isInSent(answering(calls(["add_message_row", 3, {}])), "Sent", id)).toEqual({ found: "yes" });
    expect(await isInSent(answering(calls()), "Sent", id)).toEqual({ found: "no" });
    expect(await isInSent(answering(refused("signed-out", "", true)), "Sent", id)).toEqual({ found: "not-known" });
    expect(await isInSent(answering(), "", id)).toEqual({ found: "not-known" });
  });
});

describe("a draft of ours in Roundcube", () => {
  const message = new TextEncoder().encode("From: a@a.example\r\nMessage-ID: <d@a.example>\r\n\r\nMIIB");
  const stored = (uid: number): readonly ServiceResult[] => [calls(), calls(["add_message_row", uid, {}]), calls()];

  it("is imported, counts as read, and goes only when the next one is there", async () => {
    const service = answering(...stored(7), ...stored(8));
    const draft = savedDraft(service, "Drafts");
    expect(await draft.save(message)).toEqual({ ok: true });
    expect(asked.map(({ action }) => action)).toEqual(["import", "search", "mark"]);
    await draft.save(message);
    expect(asked.slice(3).map(({ action }) => action)).toEqual(["import", "search", "mark", "delete"]);
    expect(asked.at(-1)?.form).toEqual({ _mbox: "Drafts", _uid: "7" });
    await draft.remove();
    expect(asked.at(-1)?.form).toEqual({ _mbox: "Drafts", _uid: "8" });
  });

  it("keeps the one before where the server does not take the next", async () => {
    const service = answering(...stored(7), refused("signed-out", "", true));
    const draft = savedDraft(service, "Drafts");
    await draft.save(message);
    expect(await draft.save(message)).toMatchObject({ ok: false, reason: "signed-out" });
    expect(asked.at(-1)?.action).toBe("import");
    await draft.remove();
    expect(asked.at(-1)?.form).toEqual({ _mbox: "Drafts", _uid: "7" });
  });

  it("is not stored where there is no folder for drafts", async () => {
    expect(await savedDraft(answering(), null).save(message)).toMatchObject({ ok: false, reason: "page-unknown" });
    expect(asked).toEqual([]);
  });
});

describe("people of Roundcube's address books", () => {
  it("are those with an address, and their names in words", async () => {
    const list = [
      { name: '"Doe, \\"JD\\" Jane" <jane@d.example>' },
      { name: "bare@b.example" },
      { name: "Friends (3)", type: "group" },
      { name: 4 },
      null,
    ];
    const service = answering(calls(["ksearch_query_results", list, "j", "1"]));
    expect(await suggestPeople(service, "j")).toEqual({
      ok: true,
      people: [
        { name: 'Doe, "JD" Jane', address: "jane@d.example" },
        { name: "", address: "bare@b.example" },
      ],
    });
    expect(asked[0]?.form).toMatchObject({ _search: "j" });
  });
});
