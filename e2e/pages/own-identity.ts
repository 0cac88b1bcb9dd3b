import { createHash, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { askBackground } from "./ask-background.ts";
import type { Extension } from "./extension.ts";

interface Asked {
  readonly p12: string;
  readonly passphrase: string;
  /** Of an authority to trust. */
  readonly certificate?: string;
  /** Protects the key by it and locks it; otherwise the key is the session's. */
  readonly locked?: string;
}

/** Takes certificates as contacts', by the requests that our own pages send. */
export async function takeContacts({ context, baseUrl }: Extension, ...certificates: string[]): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${baseUrl}open/index.html`);
  for (const path of certificates) {
    const pem = readFileSync(path);
    const accept = [createHash("sha256").update(new X509Certificate(pem).raw).digest("hex")];
    const answer = await page.evaluate(
      ([octets, accepted]) => {
        const { chrome } = globalThis as unknown as {
          chrome: { runtime: { sendMessage: (message: unknown) => Promise<{ ok: boolean }> } };
        };
        return chrome.runtime.sendMessage({ name: "importContacts", file: new Uint8Array(octets), accept: accepted });
      },
      [[...pem], accept] as const,
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer));
  }
  await page.close();
}

/** Forgets a contact, as the options page does it. */
export async function forgetContact({ context, baseUrl }: Extension, address: string): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${baseUrl}options/index.html`);
  await askBackground(page)({ name: "removeContact", address });
  await page.close();
}

/** Sets a setting, as the options page does it. */
export async function setSetting({ context, baseUrl }: Extension, setting: string, value: unknown): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${baseUrl}options/index.html`);
  await askBackground(page)({ name: "setSetting", setting, value });
  await page.close();
}

interface Answered {
  readonly ok: boolean;
  readonly value: { readonly fingerprint: string }[] & { readonly identities: { readonly fingerprint: string }[] };
}

/**
 * Takes in an identity and an authority by the requests that our own pages send, for stories that are about something
 * else.
 */
export async function takeIdentity({ context, baseUrl }: Extension, asked: Asked): Promise<void> {
  const { p12, passphrase, certificate, locked } = asked;
  const page = await context.newPage();
  await page.goto(`${baseUrl}open/index.html`);
  await page.evaluate(
    async ([p12, passphrase, certificate, locked]) => {
      const { chrome } = globalThis as unknown as {
        chrome: { runtime: { sendMessage: (message: unknown) => Promise<Answered> } };
      };
      const ask = async (message: unknown): Promise<Answered["value"]> => {
        const answer = await chrome.runtime.sendMessage(message);
        if (!answer.ok) throw new Error(JSON.stringify(answer));
        return answer.value;
      };
      const file = new Uint8Array(p12);
      if (locked !== undefined) await ask({ name: "createVault", protection: "passphrase", passphrase: locked });
      const { identities } = await ask({ name: "inspectPkcs12", file, passphrase });
      const accept = identities.map(({ fingerprint }) => fingerprint);
      const keep = locked === undefined ? "session" : "vault";
      await ask({ name: "importIdentities", file, passphrase, accept, keep });
      if (certificate !== undefined) {
        const anchors = await ask({ name: "inspectAnchors", file: new Uint8Array(certificate) });
        const trusted = anchors.map(({ fingerprint }) => fingerprint);
        await ask({ name: "trustAnchors", file: new Uint8Array(certificate), accept: trusted });
      }
      if (locked !== undefined) await ask({ name: "lockNow" });
    },
    [
      [...readFileSync(p12)],
      passphrase,
      certificate === undefined ? undefined : [...readFileSync(certificate)],
      locked,
    ] as const,
  );
  await page.close();
}
