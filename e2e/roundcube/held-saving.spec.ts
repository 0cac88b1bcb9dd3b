import { randomBytes } from "node:crypto";
import { differs } from "../pages/differs.ts";
import { SecureForm } from "../pages/secure-form.ts";
import { arrived, expect, test } from "./own-server.ts";

/** Seconds between two savings of a draft. */
const AUTOSAVE = 4;

const word = (): string => `zq${randomBytes(9).toString("hex")}`;

test(
  "what Roundcube had of a draft is removed when Encrypt goes on, and from then on it saves and is given nothing",
  differs(
    "removes what its page saves after Encrypt went on",
    "keeps its page from saving: draft timer, copies in the browser, files",
  ),
  async ({ startWith, practice, file }) => {
    test.slow();
    const { alice, bob } = practice;
    const { server, site, mail, search } = await startWith({ configuration: { draft_autosave: AUTOSAVE } });
    const [begun, name, content, secret] = [word(), `${word()}.txt`, word(), word()];
    const own = server.mailbox(alice.email);

    const compose = await mail.newMail();
    await compose.write({ to: [bob.email], subject: "Sluice", text: begun });
    await compose.attach(file(name, content));
    // Roundcube copies to the browser what follows on a key.
    await compose.editor.press("Control+End");
    await compose.editor.press("x");
    await expect.poll(() => mail.page.evaluate(() => JSON.stringify(Object.entries(localStorage)))).toContain(begun);
    await expect.poll(async () => (await own.drafts())[0]?.mime.toString() ?? "").toContain(begun);
    expect((await search.find([begun])).some(({ where }) => where.startsWith("server: "))).toBe(true);
    expect((await search.find([content])).length).toBeGreaterThan(0);

    const form = await SecureForm.turnOn(mail);
    await expect(form.editor).toContainText(begun);
    await expect(form.chip(bob.email)).toHaveAttribute("data-status", "ready");
    await expect(form.frame.locator(`[data-file="${name}"]`)).toBeVisible();
    const taken = server.requests.length;
    expect(await own.drafts()).toEqual([]);
    expect(await own.trash()).toEqual([]);
    const left = await search.find([begun, name, content]);
    // What went over the wire before has gone, and Dovecot notes the names of files that it had; nothing else is kept.
    const isPast = /^(?:request|browser): POST|dovecot\.index/;
    expect(left.filter(({ where }) => !isPast.test(where))).toEqual([]);

    await form.write({ text: secret });
    // The page tries to save by itself, and waits for an answer that does not come.
    await mail.page.waitForFunction(() => (globalThis as unknown as { rcmail: { busy: boolean } }).rcmail.busy);
    expect(server.requests.slice(taken).filter(({ url }) => url.includes("_action=send"))).toEqual([]);
    await expect(mail.page.locator("#messagestack").getByText("Saving")).toBeHidden();
    await form.send();
    await compose.closed();
    await arrived(site.mailbox(bob.email));
    expect(await own.drafts()).toEqual([]);
    expect(await search.find([secret])).toEqual([]);
  },
);
