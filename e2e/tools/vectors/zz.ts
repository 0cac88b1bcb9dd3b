import { readFileSync, readdirSync } from "node:fs";
import { openedWords, pkcs12KeyPair } from "./corpora/messages.ts";
import { SmimeError } from "../../../src/engine/errors.ts";
import { importPkcs12 } from "../../../src/engine/pkcs12/import.ts";
import { readCertificates } from "../../../src/engine/x509/containers.ts";
import { readPrivateKey } from "../../../src/engine/x509/private-key-file.ts";
import { importPrivateKey } from "../../../src/engine/primitives/private-key.ts";
let seed = 12345;
const rnd = (n: number) => {
  seed = (seed * 1103515245 + 12345) & 0x7fffffff;
  return seed % n;
};
function mutate(b: Uint8Array): Uint8Array {
  let c = b.slice();
  for (let k = 1 + rnd(4); k > 0; k--) {
    const i = rnd(c.length);
    switch (rnd(5)) {
      case 0:
        c[i] = rnd(256);
        break;
      case 1:
        c[i] = c[i]! ^ (1 << rnd(8));
        break;
      case 2:
        c = c.slice(0, i + 1);
        break;
      case 3:
        c = new Uint8Array([...c.subarray(0, i), ...c.subarray(i, i + rnd(20)), ...c.subarray(i)]);
        break;
      case 4:
        c = new Uint8Array([...c.subarray(0, i), ...c.subarray(i + rnd(20))]);
        break;
    }
    if (c.length === 0) return b;
  }
  return c;
}
export async function main(words: string[]): Promise<number> {
  seed = Number(words[0] ?? 1);
  const d = "/tmp/corpora/thunderbird-smime/";
  const keys = ["Alice", "Bob", "Dave"].map((n) => pkcs12KeyPair(`${d}${n}.p12`, "nss"));
  const mails = readdirSync(d)
    .filter((f) => f.endsWith(".eml"))
    .map((f) => [f, new Uint8Array(readFileSync(d + f))] as const);
  // decode body base64 DER too
  const ders = mails.flatMap(([f, b]) => {
    const t = Buffer.from(b).toString("latin1");
    return [...t.matchAll(/\r?\n\r?\n(MI[A-Za-z0-9+/=\r\n]+)/g)].map(
      (m, i) => [`${f}#${i}`, new Uint8Array(Buffer.from(m[1]!, "base64"))] as const,
    );
  });
  const p12 = [
    ...readdirSync(d)
      .filter((f) => f.endsWith(".p12"))
      .map((f) => [f, new Uint8Array(readFileSync(d + f))] as const),
  ];
  const g = "/work/main/node_modules/.cache/corpora/gnutls28/tests/cert-tests/data/";
  for (const f of readdirSync(g)) if (/p12$/.test(f)) p12.push([f, new Uint8Array(readFileSync(g + f))]);
  const certs: (readonly [string, Uint8Array])[] = readdirSync(g)
    .filter((f) => /p7b$|\.pem$/.test(f))
    .map((f) => [f, new Uint8Array(readFileSync(g + f))]);
  const kd = "/work/main/node_modules/.cache/corpora/oscrypto/tests/fixtures/keys/";
  const kf: (readonly [string, Uint8Array])[] = readdirSync(kd)
    .filter((f) => /key$/.test(f))
    .map((f) => [f, new Uint8Array(readFileSync(kd + f))]);
  const end = Date.now() + 45_000;
  const tally = new Map<string, number>();
  let n = 0,
    slow = 0;
  const run = async (kind: string, name: string, input: Uint8Array, f: () => Promise<unknown> | unknown) => {
    const t = performance.now();
    try {
      await f();
      tally.set(`${kind} ok`, (tally.get(`${kind} ok`) ?? 0) + 1);
    } catch (e) {
      if (!(e instanceof SmimeError)) {
        console.log("CRASH", kind, name, (e as Error).stack?.split("\n").slice(0, 6).join("\n"));
      } else tally.set(`${kind} ${e.code}`, (tally.get(`${kind} ${e.code}`) ?? 0) + 1);
    }
    const ms = performance.now() - t;
    if (ms > 1500) {
      slow++;
      console.log("SLOW", kind, name, ms.toFixed(0), input.length);
    }
    n++;
  };
  while (Date.now() < end) {
    {
      const [f, b] = mails[rnd(mails.length)]!;
      const m = mutate(b);
      await run("mail", f, m, () => openedWords({ message: m, keys }));
    }
    {
      const [f, b] = ders[rnd(ders.length)]!;
      const m = mutate(b);
      await run("cms", f, m, () => openedWords({ message: m, keys }));
    }
    {
      const [f, b] = p12[rnd(p12.length)]!;
      const m = mutate(b);
      await run("p12", f, m, () => importPkcs12(m, "nss"));
    }
    {
      const [f, b] = certs[rnd(certs.length)]!;
      const m = mutate(b);
      await run("certs", f, m, () => readCertificates(m));
    }
    {
      const [f, b] = kf[rnd(kf.length)]!;
      const m = mutate(b);
      await run("key", f, m, async () => importPrivateKey(readPrivateKey(m)));
    }
  }
  console.log(n, "runs", slow, "slow", tally);
  return 0;
}
