import { native } from "./browser.ts";

/** Read while the background lives: once it is gone, the browser gives this script no texts any more. */
const words = native().i18n.getMessage("page_silent");

const STYLE = `
:host { all: initial !important; display: block !important; }
p { margin: 0; padding: 8px 12px; font: 14px/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas;
  border: 1px solid; color-scheme: light dark; }`;

/** Says, before the form, why it takes nothing: a frame of ours cannot be had any more. */
export function showSilence(anchor: Element): void {
  const document = anchor.ownerDocument;
  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "closed" });
  const style = document.createElement("style");
  style.textContent = STYLE;
  const note = document.createElement("p");
  note.role = "alert";
  note.textContent = words;
  shadow.append(style, note);
  anchor.before(host);
}
