import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openssl, type Person, type Practice } from "./practice-people.ts";

export interface PracticeMessage {
  readonly name: string;
  readonly subject: string;
  readonly file: string;
  /** The row of the banner that alice sees, with her identity and the practice authority at hand. */
  readonly banner: string;
}

export const MARKER = "The harvest report is ready";

const TEXT = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${MARKER}.\r\nIt has three pages.\r\n\r\nBob\r\n`;

/** A text in two forms and a file, as mail programs write them. */
const WITH_ATTACHMENT = [
  'Content-Type: multipart/mixed; boundary="mixed"',
  "",
  "--mixed",
  'Content-Type: multipart/alternative; boundary="alt"',
  "",
  "--alt",
  "Content-Type: text/plain; charset=utf-8",
  "",
  `${MARKER}. Three pages.`,
  "--alt",
  "Content-Type: text/html; charset=utf-8",
  "",
  `<html><body><h1>Harvest</h1><p>${MARKER}. <b>Three</b> pages, see <a href="https://farm.example/r">the farm</a>.</p>`,
  '<img src="https://tracker.example/pixel.png" alt="pixel"></body></html>',
  "--alt--",
  "",
  "--mixed",
  "Content-Type: text/csv; name=harvest.csv",
  "Content-Disposition: attachment; filename=harvest.csv",
  "Content-Transfer-Encoding: base64",
  "",
  Buffer.from("field,tons\nnorth,12\nsouth,9\n").toString("base64"),
  "--mixed--",
  "",
].join("\r\n");

/** Header fields of the message around an entity. */
export const envelope = (from: Person, to: Person, subject: string): string =>
  [
    `From: ${from.name} <${from.email}>`,
    `To: ${to.name} <${to.email}>`,
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    `Message-ID: <${subject.replaceAll(/\W/g, "-")}@practice.example>`,
    "",
  ].join("\r\n");

/** `input` is a file with an entity; the result begins with its MIME header. */
export const sign = (by: Person, input: string, ...options: string[]): Buffer =>
  openssl("cms", "-sign", "-in", input, "-signer", by.certificate, "-inkey", by.key, "-md", "sha256", ...options);

export const encrypt = (input: string, ...to: Person[]): Buffer =>
  openssl("cms", "-encrypt", "-aes-256-cbc", "-in", input, ...to.map(({ certificate }) => certificate));

/** Of the practice message that no key opens. */
export const MESSAGE_PASSWORD = "grüße 4711";

const encryptWithPassword = (input: string): Buffer =>
  openssl("cms", "-encrypt", "-aes-256-cbc", "-in", input, "-pwri_password", MESSAGE_PASSWORD);

/** Writes the practice messages that bob, and once dan, sends to alice. */
export function makeMessages({ folder, alice, bob, dan }: Practice): readonly PracticeMessage[] {
  const write = (name: string, content: string | Buffer): string => {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const text = write("text.mime", TEXT);
  const rich = write("rich.mime", WITH_ATTACHMENT);
  const signed = sign(bob, rich);
  const inner = write("inner.mime", signed);
  const altered = Buffer.from(signed.toString("latin1").replace("Three", "Seven"), "latin1");
  const made: readonly (readonly [name: string, banner: string, subject: string, entity: Buffer, from?: Person])[] = [
    ["signed", "a7", "Signed", signed],
    ["opaque", "a7", "Opaque", sign(bob, text, "-nodetach")],
    ["encrypted", "b9", "Encrypted", encrypt(rich, alice, bob)],
    ["signed-and-encrypted", "b3", "Signed and encrypted", encrypt(inner, alice, bob)],
    ["altered", "a22", "Altered", altered],
    ["unknown-issuer", "a8", "From elsewhere", sign(dan, text), dan],
    ["no-key", "c3", "For bob only", encrypt(text, bob)],
    ["password", "c15", "By password", encryptWithPassword(text)],
  ];
  return made.map(([name, banner, subject, entity, from = bob]) => {
    const content = Buffer.concat([Buffer.from(envelope(from, alice, subject)), entity]);
    return { name, subject, banner, file: write(`${name}.eml`, content) };
  });
}
