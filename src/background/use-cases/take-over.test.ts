import { describe, expect, it } from "vitest";
import { toBase64 } from "../../engine/bytes/base64.ts";
import { latin1Bytes } from "../../engine/bytes/text.ts";
import { writeEntity, type FileDescription } from "../../engine/mime/writer.ts";
import type { FrameEvent } from "../../messages/frame-requests.ts";
import { secureMail } from "../../testing/secure-mail.ts";
import { takeOver } from "./take-over.ts";

const PICTURE = latin1Bytes("the octets of a picture");
const file = (filename: string, content: Uint8Array): FileDescription => ({
  ...{ kind: "file", type: "image/png", content, disposition: "attachment", filename },
});

/** What the frame is told where the page's form has `html`, and the server's copy these files. */
async function taken(html: string, files: readonly FileDescription[]): Promise<readonly FrameEvent[]> {
  const source = writeEntity({
    ...{ kind: "multipart", subtype: "mixed" },
    parts: [{ kind: "text", type: "text/html", text: "" }, ...files],
  });
  const draft = {
    ...{ from: null, to: [], cc: [], bcc: [], subject: "", html, text: null, attachments: [], unreadable: [] },
    ...{ inReplyTo: null, sizeLimit: null },
  };
  const { view, context } = await secureMail({
    page: ({ name }) =>
      name === "takeOver" ? { ok: true, draft, source: new Blob([source]), serverCopy: "removed" } : undefined,
  });
  const events: FrameEvent[] = [];
  for await (const event of takeOver(view, context)) events.push(event);
  return events;
}
const named = (events: readonly FrameEvent[]): string[] =>
  events.flatMap((event) => (event.kind === "file" && event.event.step === "begin" ? event.event.file.name : []));

describe("a form that is taken over", () => {
  it("brings a picture of its text once, where the webmail keeps it as a file as well", async () => {
    const html = `<p><img src="data:image/png;base64,${toBase64(PICTURE)}"></p>`;
    const files = [file("pasted.png", PICTURE), file("chart.png", latin1Bytes("another one"))];
    expect(named(await taken(html, files))).toEqual(["chart.png"]);
  });

  it("brings it as a file where it does not stand in the text", async () => {
    expect(named(await taken("<p>See the picture</p>", [file("pasted.png", PICTURE)]))).toEqual(["pasted.png"]);
  });
});
