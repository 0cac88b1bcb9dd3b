import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { FORM_SECRET, formContent } from "../../testing/form-content.ts";
import { opensslCms } from "../../testing/openssl-cms.ts";
import { alice, bob, secureMail } from "../../testing/secure-mail.ts";
import { formFiles } from "./form-files.ts";
import { discardKept, keepDraft, keepFile, keptDrafts, openKept } from "./kept-drafts.ts";
import { openSaved, saveToWebmail } from "./webmail-drafts.ts";

const draft = "0d".repeat(16);
const file = { id: "0e".repeat(16), name: "plan.txt", type: "text/plain", size: 9 };
const plan = new TextEncoder().encode("dig there");
const content = formContent({ signs: true, bcc: ["carol@c.example"], files: [file] });

async function all(events: AsyncIterable<FrameEvent>): Promise<FrameEvent[]> {
  const heard: FrameEvent[] = [];
  for await (const event of events) heard.push(event);
  return heard;
}

/** Everything in the database as one text. */
async function stored({ context }: Awaited<ReturnType<typeof secureMail>>): Promise<string> {
  const rows = [...(await context.drafts.list()), ...(await context.draftFiles.list())];
  return rows.map((row) => `${JSON.stringify(row)} ${Buffer.from(row.sealed).toString("latin1")}`).join("\n");
}

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
});

describe("a draft (attacks 35, 36 and 57)", () => {
  it("is kept while locked, as nothing but ciphertext, and opens again with its files", async () => {
    const locked = await secureMail({ isLocked: true });
    expect(await keepFile(draft, file, plan, locked.context)).toBe(true);
    expect(await keepDraft(locked.view, draft, content, locked.context)).toMatchObject({ kind: "kept" });
    const written = await stored(locked);
    expect(written).not.toMatch(FORM_SECRET);
    for (const secret of ["bob@", "carol@", "plan.txt", "dig there"]) expect(written).not.toContain(secret);
    expect(await all(openKept(locked.view, draft, formFiles(), locked.context))).toEqual([
      { kind: "draftLocked", draft },
    ]);

    // Another worker, after a crash: the form is gone, the draft is offered.
    const mail = await secureMail();
    expect(await keptDrafts(mail.view, mail.context)).toMatchObject([{ draft, maySent: false }]);
    const files = formFiles();
    const [opened, begin, piece] = await all(openKept(mail.view, draft, files, mail.context));
    expect(opened).toEqual({ kind: "draftOpened", draft, content, wasSent: "no" });
    expect(begin).toMatchObject({ event: { step: "begin", file } });
    expect(piece).toMatchObject({ event: { step: "piece", bytes: plan } });
    expect(files.missing([file])).toEqual([]);
    // It stands in a form now, and is offered in no other.
    expect(await keptDrafts(mail.view, mail.context)).toEqual([]);
    await discardKept(draft, mail.context);
    expect(await stored(mail)).toBe("");
  });

  it("of another webmail is neither offered nor opened", async () => {
    const mail = await secureMail();
    await keepDraft(mail.view, draft, content, mail.context);
    const elsewhere = { ...mail.view, id: "1".repeat(32), origin: "https://other.example" };
    expect(await keptDrafts(elsewhere, mail.context)).toEqual([]);
    expect(await all(openKept(elsewhere, draft, formFiles(), mail.context))).toMatchObject([{ kind: "draftLost" }]);
  });

  it("that was written to another person's certificate is lost here, and says why", async () => {
    await keepDraft(
      (await secureMail({ own: [bob] })).view,
      draft,
      content,
      (await secureMail({ own: [bob] })).context,
    );
    const mail = await secureMail();
    const heard = await all(openKept(mail.view, draft, formFiles(), mail.context));
    expect(heard).toEqual([{ kind: "draftLost", draft, code: "decrypt.no-key" }]);
  });

  it("in the webmail is an unsigned message to oneself that names no recipient outside, and opens again", async () => {
    const mail = await secureMail();
    const files = formFiles();
    files.add(file, plan);
    expect(await saveToWebmail(mail.view, content, files, mail.context)).toMatchObject({ kind: "saved" });
    const message = Buffer.from(mail.saved[0] ?? []);
    expect(message.toString("latin1")).not.toMatch(FORM_SECRET);
    expect(message.toString("latin1")).not.toMatch(/bob@|carol@|^(?:to|cc|bcc):/im);
    const inside = opensslCms(["-decrypt", "-in", "m", "-inkey", "k", "-recip", "c"], {
      ...{ m: message, k: alice.privateKeyPem, c: alice.pem },
    });
    expect(Buffer.from(inside ?? []).toString("latin1")).not.toMatch(/pkcs7|multipart\/signed/);
    const [opened, begin, piece] = await all(openSaved(mail.view, "item", mail.context));
    expect(opened).toMatchObject({ kind: "draftOpened", content: { text: content.text, bcc: content.bcc } });
    expect(begin).toMatchObject({ event: { file: { name: "plan.txt", size: 9 } } });
    expect(piece).toMatchObject({ event: { bytes: plan } });
  });
});
