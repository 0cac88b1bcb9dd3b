const LONG = "x".repeat(998);

/** What mail systems on the way like to change, by what it is; each ends as it stands here. */
export const AWKWARD_TEXTS = [
  ["lines of 998 characters and more", `${LONG}\n${LONG}${LONG}\nend`],
  [
    "lines that look like the next message of an mbox file",
    "\n\nFrom here\n>From there\n>>From both\nFrom: not a field\n",
  ],
  ["dots, blanks and nothing at the ends of lines", ".\n..\n. x\ntrailing  \n\t\n\nlast line\t"],
  ["letters that are not ASCII", "Grüße, 日本語, 🌾, \u00a0no-break"],
  ["nothing", ""],
] as const;

/** A file whose name and octets are as awkward; it is no text in any character set. */
export const AWKWARD_FILE = {
  name: "Übersicht, 日本 “neu”.txt",
  octets: Buffer.concat([
    Buffer.from("From here\n.\n"),
    Buffer.from([0, 0x0d, 0xff, 0x80, 0x0a]),
    Buffer.alloc(1500, 0x46),
  ]),
} as const;

export const withCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

/** The octets of an entity that is one part, by its own transfer encoding; by none of our own code. */
export function octetsOf(entity: Buffer): Buffer {
  const split = entity.indexOf("\r\n\r\n");
  const [header, body] = [entity.subarray(0, split).toString(), entity.subarray(split + 4).toString("latin1")];
  if (/Content-Transfer-Encoding: base64/i.test(header)) return Buffer.from(body, "base64");
  if (!/Content-Transfer-Encoding: quoted-printable/i.test(header)) return Buffer.from(body, "latin1");
  const octets = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(octets, "latin1");
}

/** The parts of a multipart entity (RFC 2046 section 5.1.1); of another one, itself. */
export function partsOf(entity: Buffer): readonly Buffer[] {
  const text = entity.toString("latin1");
  const boundary = /^Content-Type: multipart\/[^;]+;\s*boundary="?([^"\r\n]+)"?/im.exec(text)?.[1];
  if (boundary === undefined) return [entity];
  const [, ...parts] = text.split(`\r\n--${boundary}`);
  return parts.slice(0, -1).map((part) => Buffer.from(part.replace(/^\r\n/, ""), "latin1"));
}

/** The name of a part's file, by RFC 2231 with UTF-8, also in pieces (section 3). */
export function fileNameOf(part: Buffer): string | null {
  const field = /^Content-Disposition:((?:[^\r\n]|\r\n[ \t])*)/im.exec(part.toString("latin1"))?.[1] ?? "";
  const pieces = [...field.matchAll(/\bfilename\*(?:\d+\*)?=(?:utf-8'[^']*')?([^;\s]+)/gi)].map(
    ([, piece = ""]) => piece,
  );
  return pieces.length === 0 ? null : decodeURIComponent(pieces.join(""));
}

/** The words of a field in encoded words (RFC 2047) of UTF-8. */
export function wordsOf(message: Buffer, name: string): string {
  const field = new RegExp(`^${name}:((?:[^\\r\\n]|\\r\\n[ \\t])*)`, "im").exec(message.toString("latin1"))?.[1] ?? "";
  const joined = field.replace(/\?=\s+=\?/g, "?==?");
  return joined
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("latin1")
        : word
            .replaceAll("_", " ")
            .replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    )
    .trim();
}
