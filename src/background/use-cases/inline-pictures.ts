import { decodeBase64 } from "../../engine/bytes/base64.ts";
import { latin1Bytes } from "../../engine/bytes/text.ts";
import type { FileDescription, PartDescription } from "../../engine/mime/writer.ts";
import { newName } from "./form-file-of.ts";

/** The beginning of a picture that brings its own octets, as the form's editor writes it. It writes `<` in no text. */
const PICTURE = /<img (?:[^<>"]|"[^"]*")*?\bsrc="(data:image\/(png|jpeg|gif|webp);base64,)/gi;

/**
 * HTML whose pictures stand beside it as parts of their own, which it names by their Content-ID (RFC 2387, RFC 2392):
 * few mail programs show a picture whose octets stand in its address (`data:`).
 *
 * @param from whose domain the Content-IDs are of (RFC 5322 section 3.6.4)
 */
export function htmlPart(html: string, from: string): PartDescription {
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const pictures = new Map<string, FileDescription & { readonly contentId: string }>();
  let text = "";
  let end = 0;
  for (const found of html.matchAll(PICTURE)) {
    const [head, address = "", subtype = ""] = found;
    const start = found.index + head.length;
    const close = html.indexOf('"', start);
    const octets = html.slice(start, close);
    const known = pictures.get(octets);
    const picture = known ?? {
      kind: "file",
      type: `image/${subtype.toLowerCase()}`,
      content: decodeBase64(latin1Bytes(octets)),
      disposition: "inline",
      filename: `picture-${pictures.size + 1}.${subtype.toLowerCase()}`,
      contentId: `${newName()}@${domain}`,
    };
    pictures.set(octets, picture);
    text += `${html.slice(end, start - address.length)}cid:${picture.contentId}`;
    end = close;
  }
  const part: PartDescription = { kind: "text", type: "text/html", text: text + html.slice(end) };
  if (pictures.size === 0) return part;
  return { kind: "multipart", subtype: "related", parts: [part, ...pictures.values()] };
}
