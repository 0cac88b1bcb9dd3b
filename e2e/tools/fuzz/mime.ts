import { mutateAsn1 } from "./asn1.ts";
import { mutateOctets } from "./octets.ts";
import type { Random } from "./random.ts";

const CRLF = "\r\n";

/** Fields and lines that readers stumble over: twice what may stand once, encodings in encodings, what never closes. */
const ODD_LINES: readonly [string, ...string[]] = [
  'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; micalg=x; boundary="sig"',
  "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m",
  "Content-Type: message/rfc822; forwarded=no",
  'Content-Type: multipart/mixed; boundary*0="si"; boundary*1="g"',
  'Content-Type: text/plain; hp="cipher"; hp-legacy-display=1; charset=utf-7',
  "Content-Type: text/html; charset*=''%; charset=\"a\\",
  'Content-Type: multipart/digest; boundary=""',
  "Content-Transfer-Encoding: base64",
  "Content-Transfer-Encoding: quoted-printable (",
  "Content-Disposition: attachment; filename*0*=utf-8''%e2%80; filename*1*=%ae; filename=\"=?utf-8?b?4oCu?=\"",
  "HP-Outer: From: x",
  "HP-Outer: :",
  'From: "alice@example.com" <mallory@evil.example>, <alice@example.com>',
  "From : =?utf-8?q?alice=40example.com_?= (\\",
  "From: a:alice@example.com,;,,<@b:c@d>",
  "To: =?=?utf-8?b?=?utf-8?b??=",
  "Date: (((((((",
  "List-Id: \u00e2\u0080\u008b <<",
  "From alice Mon Jun  1",
  ">From alice",
  "-----BEGIN CERTIFICATE-----",
  "-----END CMS-----",
  "Proc-Type: 4,ENCRYPTED",
  "BEGIN:VCARD",
  "KEY;ENCODING=b:MII",
  "--sig",
  "--sig--",
  "",
  " ",
  ".",
];

const COPIES: readonly [number, ...number[]] = [1, 1, 2, 40, 3_000];
const LEVELS: readonly [number, ...number[]] = [1, 2, 8, 66, 2_000];
/** Characters that copies of a line may add. */
const MAX_GROWTH = 32_768;

/** Changes a message, or another text of lines, by its lines and by what stands in it in base64. */
export function mutateMime(
  random: Random,
  octets: Uint8Array,
  texts: readonly Uint8Array[],
  encodings: readonly Uint8Array[],
): Uint8Array {
  const text = Buffer.from(octets).toString("latin1");
  const changed = random.oneIn(3)
    ? insideBase64(random, text, encodings)
    : random.pick(CHANGES)(random, text.split(CRLF), texts);
  return new Uint8Array(Buffer.from(changed, "latin1"));
}

/** Lines of base64 as mail and PEM have it: a long one first. */
const BASE64 = /(?:^|\r\n)([A-Za-z0-9+/]{40,}(?:\r\n[A-Za-z0-9+/=]+)*)/g;

/** Decodes a run of base64, changes what it says, and writes it again. */
function insideBase64(random: Random, text: string, encodings: readonly Uint8Array[]): string {
  const run = random.pick([...text.matchAll(BASE64)]);
  if (run?.[1] === undefined) return text;
  const start = run.index + run[0].length - run[1].length;
  const octets = new Uint8Array(Buffer.from(run[1], "base64"));
  const changed =
    (random.oneIn(4) ? null : mutateAsn1(random, octets, encodings)) ?? mutateOctets(random, octets, encodings);
  const written = Buffer.from(changed).toString("base64");
  const lines = random.oneIn(10) ? written : (written.match(/.{1,76}/g) ?? []).join(CRLF);
  return text.slice(0, start) + lines + text.slice(start + run[1].length);
}

type Change = (random: Random, lines: string[], texts: readonly Uint8Array[]) => string;

const CHANGES: readonly [Change, ...Change[]] = [
  (random, lines) => {
    lines.splice(random.below(lines.length), 1);
    return lines.join(CRLF);
  },
  (random, lines) => {
    const at = random.below(lines.length);
    const line = lines[at] ?? "";
    const most = Math.ceil(MAX_GROWTH / (line.length + CRLF.length));
    lines.splice(at, 0, ...Array.from({ length: Math.min(random.pick(COPIES), most) }, () => line));
    return lines.join(CRLF);
  },
  (random, lines) => {
    const [line = ""] = lines.splice(random.below(lines.length), 1);
    lines.splice(random.below(lines.length + 1), 0, line);
    return lines.join(CRLF);
  },
  (random, lines) => {
    // Half of the time among the first lines, where the header is.
    const among = random.oneIn(2) ? lines.length + 1 : 8;
    lines.splice(random.below(among), random.below(2), random.pick(ODD_LINES));
    return lines.join(CRLF);
  },
  (random, lines, texts) => {
    const others = Buffer.from(random.pick(texts) ?? new Uint8Array(0))
      .toString("latin1")
      .split(CRLF);
    const start = random.below(others.length);
    lines.splice(random.below(lines.length + 1), 0, ...others.slice(start, start + 1 + random.below(12)));
    return lines.join(CRLF);
  },
  (random, lines) => {
    const at = random.below(lines.length);
    const line = new Uint8Array(Buffer.from(lines[at] ?? "", "latin1"));
    if (line.length > 0) lines[at] = Buffer.from(mutateOctets(random, line, [])).toString("latin1");
    return lines.join(CRLF);
  },
  (random, lines) => {
    const at = random.below(lines.length);
    lines[at] =
      (lines[at] ?? "") + random.pick(["\r", "\n", "\n\n", "\r\n ", "\0", "\u00a0", ";", "=", " ".repeat(2_000)]);
    return lines.join(CRLF);
  },
  (random, lines) => lines.join(random.pick(["\n", "\r", "\r\r\n", "\n\r"])),
  (random, lines) => {
    const around = random.oneIn(2)
      ? () => "Content-Type: message/rfc822\r\n\r\n"
      : (level: number) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`;
    return Array.from({ length: random.pick(LEVELS) }, (_, level) => around(level)).join("") + lines.join(CRLF);
  },
];
