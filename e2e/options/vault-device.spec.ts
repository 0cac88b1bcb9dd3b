import { readFileSync } from "node:fs";
import { stopWorker } from "../pages/extension.ts";
import { expect, PASSPHRASE, test } from "../pages/story.ts";
import { askBackground } from "../pages/ask-background.ts";

test("a vault that the device opens outlives the worker, and its key cannot be taken out of the browser", async ({
  extension,
  open,
  practice,
  message,
}) => {
  const ask = askBackground(open.page);
  await ask({ name: "createVault", protection: "device" });
  const file = [...readFileSync(practice.alice.p12)];
  const imported = await open.page.evaluate(
    async ({ octets, passphrase }) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage(message: unknown): Promise<{ value: { identities: unknown } }> } };
      };
      const inspected = await chrome.runtime.sendMessage({
        name: "inspectPkcs12",
        file: new Uint8Array(octets),
        passphrase,
      });
      const accept = (inspected.value.identities as { fingerprint: string }[]).map(({ fingerprint }) => fingerprint);
      const request = { name: "importIdentities", file: new Uint8Array(octets), passphrase, accept };
      return await chrome.runtime.sendMessage(request);
    },
    { octets: file, passphrase: PASSPHRASE },
  );
  expect(imported).toMatchObject({ ok: true, value: [{ keep: "vault" }] });

  // As after a restart of the browser: nothing is left in its memory.
  await open.page.evaluate(() => {
    const { chrome } = globalThis as unknown as { chrome: { storage: { session: { clear(): Promise<void> } } } };
    return chrome.storage.session.clear();
  });
  await stopWorker(extension);
  const card = await open.openMessage(message("encrypted"));
  await expect(card.banner).toHaveAttribute("data-banner", "b9");

  const deviceKey = await open.page.evaluate(async () => {
    const opening = indexedDB.open("signet");
    const database = await new Promise<IDBDatabase>((done) => {
      opening.onsuccess = () => {
        done(opening.result);
      };
    });
    const reading = database.transaction("vault").objectStore("vault").get("vault") as IDBRequest<{
      deviceKey: CryptoKey;
    }>;
    const row = await new Promise<{ deviceKey: CryptoKey }>((done) => {
      reading.onsuccess = () => {
        done(reading.result);
      };
    });
    const taken = await crypto.subtle.exportKey("raw", row.deviceKey).catch((error: unknown) => (error as Error).name);
    return { isExtractable: row.deviceKey.extractable, taken };
  });
  expect(deviceKey).toEqual({ isExtractable: false, taken: "InvalidAccessError" });

  await ask({ name: "lockNow" });
  await stopWorker(extension);
  await open.chooseMessages(message("encrypted"));
  expect(await ask({ name: "vaultState" })).toMatchObject({ value: { kind: "locked", protection: "device" } });
});
