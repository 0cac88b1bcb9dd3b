import { openssl } from "../tools/practice-people.ts";
import { stopWorker } from "../pages/extension.ts";
import { expect, test } from "../pages/story.ts";

test("an identity outlives the worker", async ({ alice, extension, message }) => {
  await stopWorker(extension);
  const card = await alice.openMessage(message("signed-and-encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b3");
});

test("a session's key is wrapped on the disk, and what opens it is in memory only", async ({ alice, practice }) => {
  const stored = await alice.page.evaluate(async () => {
    const { chrome } = globalThis as unknown as {
      chrome: { storage: Record<"local" | "session", { get(): Promise<Record<string, unknown>> }> };
    };
    const opening = indexedDB.open("signet");
    const database = await new Promise<IDBDatabase>((done) => {
      opening.onsuccess = () => {
        done(opening.result);
      };
    });
    const rows: [store: string, text: string][] = [];
    for (const store of database.objectStoreNames) {
      const reading = database.transaction(store).objectStore(store).getAll();
      const found = await new Promise<unknown[]>((done) => {
        reading.onsuccess = () => {
          done(reading.result);
        };
      });
      const textOf = (value: unknown): string => {
        if (value instanceof Uint8Array) return Array.from(value, (octet) => String.fromCharCode(octet)).join("");
        if (typeof value !== "object" || value === null) return String(value);
        return Object.values(value).map(textOf).join("|");
      };
      for (const row of found) rows.push([store, textOf(row)]);
    }
    return {
      session: await chrome.storage.session.get(),
      local: Object.keys(await chrome.storage.local.get()),
      rows,
      web: localStorage.length + sessionStorage.length,
    };
  });
  const pkcs8 = openssl("pkcs8", "-topk8", "-nocrypt", "-in", practice.alice.key, "-outform", "DER");
  const part = pkcs8.subarray(pkcs8.length / 4, pkcs8.length / 4 + 24).toString("latin1");
  const { key } = stored.session["session-vault-key"] as { key: string };
  const disk = stored.rows.map(([, text]) => text).join("|");
  expect(stored).toMatchObject({ local: [], web: 0 });
  expect(Object.keys(stored.session)).toEqual(["session-vault-key"]);
  expect(stored.rows.map(([store]) => store).filter((store) => store === "identities")).toHaveLength(1);
  expect([disk.includes(part), disk.includes(Buffer.from(key, "base64").toString("latin1"))]).toEqual([false, false]);
});
