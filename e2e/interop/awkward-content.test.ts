import { beforeAll, describe, expect, it } from "vitest";
import { writeMessage } from "../../src/background/use-cases/written-message.ts";
import { HEADER_POLICIES } from "../../src/engine/smime/header-policy.ts";
import { encryptMessage, protectMessage, signMessage } from "../../src/engine/smime/protect.ts";
import {
  AWKWARD_FILE,
  AWKWARD_TEXTS,
  fileNameOf,
  octetsOf,
  partsOf,
  withCrlf,
  wordsOf,
} from "../tools/awkward-content.ts";
import { openssl, write } from "./openssl.ts";
import { identity, makePki } from "./pki.ts";

const SUBJECT = "Grüße aus 東京: . From here";
const ADDRESS = "rsa2048@example.com";
const VERIFY = ["cms", "-verify", "-CAfile", "ca.pem", "-purpose", "smimesign", "-in"];
const DECRYPT = ["cms", "-decrypt", "-recip", "rsa2048.pem", "-inkey", "rsa2048.key", "-in"];

beforeAll(() => {
  makePki(["rsa2048"]);
});

function written(text: string): Uint8Array {
  const draft = { from: ADDRESS, to: [ADDRESS], cc: [], bcc: [], subject: SUBJECT, html: "", text, attachments: [] };
  const file = { kind: "file", type: "application/octet-stream", disposition: "attachment" } as const;
  const files = [{ ...file, filename: AWKWARD_FILE.name, content: new Uint8Array(AWKWARD_FILE.octets) }];
  return writeMessage({ ...draft, inReplyTo: null }, { files, inReplyTo: null, references: null }, new Date()).bytes;
}

/** What a program that is not ours reads of it: the entity that was written. */
async function readByOpenssl(
  message: Uint8Array,
  form: "signed" | "opaque" | "encrypted" | "both",
): Promise<[Uint8Array, Buffer]> {
  const own = await identity("rsa2048");
  const signing = { identity: own, signingTime: new Date(), form: form === "opaque" ? "opaque" : "clear" } as const;
  const encryption = {
    recipients: [own.certificate],
    cipher: "aes-256-cbc",
    keyTransport: { kind: "rsa-pkcs1" },
  } as const;
  const headerPolicy = HEADER_POLICIES.none;
  if (form === "signed" || form === "opaque") {
    const bytes = await signMessage(message, signing);
    return [bytes, openssl(...VERIFY, write("signed.eml", bytes))];
  }
  const bytes =
    form === "both"
      ? await protectMessage(message, { signing, encryption, headerPolicy, wrapsTwice: false })
      : await encryptMessage(message, { ...encryption, headerPolicy });
  const inside = openssl(...DECRYPT, write("encrypted.eml", bytes));
  return [bytes, form === "both" ? openssl(...VERIFY, write("inside.eml", inside)) : inside];
}

const FORMS = ["signed", "opaque", "encrypted", "both"] as const;

describe.each(FORMS)("awkward content, %s", (form) => {
  it.each(AWKWARD_TEXTS)(
    "%s: comes back as it was written, and no mail system on the way has to change it",
    async (_, text) => {
      const [wire, entity] = await readByOpenssl(written(text), form);
      const lines = Buffer.from(wire).toString("latin1").split("\r\n");
      expect(lines.filter((line) => line.length > 998 || /^>*From |[^\t -~]/.test(line))).toEqual([]);
      const body = lines.slice(lines.indexOf("") + 1);
      expect(body.filter((line) => /[\t ]$/.test(line) && !/^[\w-]+:/.test(line))).toEqual([]);
      const [words, file] = partsOf(entity);
      expect(octetsOf(words ?? Buffer.alloc(0)).toString("utf8")).toBe(withCrlf(text));
      expect(octetsOf(file ?? Buffer.alloc(0)).equals(AWKWARD_FILE.octets)).toBe(true);
      expect(fileNameOf(file ?? Buffer.alloc(0))).toBe(AWKWARD_FILE.name);
      expect(Buffer.from(wordsOf(Buffer.from(wire), "Subject"), "latin1").toString("utf8")).toBe(SUBJECT);
    },
  );
});
