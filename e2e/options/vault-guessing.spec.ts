import { stopWorker } from "../pages/extension.ts";
import { expect, test } from "../pages/story.ts";
import { askBackground } from "../pages/ask-background.ts";

test("wrong passphrases cost time from the third on, also when the worker dies between them", async ({
  extension,
  open,
}) => {
  const ask = askBackground(open.page);
  await ask({ name: "createVault", protection: "passphrase", passphrase: "practice vault" });
  await ask({ name: "lockNow" });
  for (let count = 0; count < 3; count++) {
    const wrong = await ask({ name: "unlock", passphrase: `guess ${String(count)}` });
    expect(wrong).toMatchObject({ ok: false, error: { code: "vault.wrong-passphrase" } });
    await stopWorker(extension);
  }
  const right = { name: "unlock", passphrase: "practice vault" };
  expect(await ask(right)).toMatchObject({ ok: false, error: { code: "vault.wait" } });
  const state = (await ask({ name: "vaultState" })) as { value: { waitUntil: number } };
  await expect.poll(() => Date.now() > state.value.waitUntil, { timeout: 10_000 }).toBe(true);
  expect(await ask(right)).toMatchObject({ ok: true, value: { kind: "unlocked", waitUntil: null } });
});
