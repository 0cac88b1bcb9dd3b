import { render } from "preact";
import { connectFrame } from "../frame-client.ts";
import { watchHeight } from "../frame-height.ts";
import { language } from "../i18n.tsx";
import { ComposeApp } from "./compose-app.tsx";
import { ask, heard, isCalled, isEncryptOn, isSignOn, look, lost, setClient, settings } from "./compose-state.ts";
import { heardInForm, lostInForm } from "./form/form-events.ts";
import { isOnlyHere, keepRest } from "./form/keeping.ts";
import { watchKeyboard } from "./form/keyboard-place.ts";
import { lookUp } from "./form/recipients.ts";

/**
 * With Encrypt on the frame has one height, whatever stands in it: the page that gives it its place learns neither how
 * long the text is nor how many recipients there are. CSS pixels.
 */
const FORM_HEIGHT = 640;

const client = connectFrame({
  heard: (event) => {
    heard(event);
    heardInForm(event);
  },
  lost: () => {
    lost();
    lostInForm();
  },
});
if (client !== null) {
  setClient(client);
  document.documentElement.lang = language();
  const root = document.createElement("div");
  root.className = "root";
  document.body.append(root);
  render(<ComposeApp />, root);
  watchHeight(
    root,
    () => false,
    (height) => {
      if (settings.value !== null && !isEncryptOn.value) ask({ name: "resize", height });
    },
  );
  isEncryptOn.subscribe((isOn) => {
    document.documentElement.classList.toggle("is-form", isOn);
    if (isOn) ask({ name: "resize", height: FORM_HEIGHT });
  });
  watchKeyboard(window, () => performance.now());
  window.addEventListener("pagehide", keepRest);
  // The browser asks, in words of its own, whether the page is to be left (H94).
  window.addEventListener("beforeunload", (event) => {
    if (isOnlyHere()) event.preventDefault();
  });
  // Whoever turns to this frame sees the draft as it is now, before Send can be pressed.
  root.addEventListener("pointerenter", look);
  window.addEventListener("focus", () => {
    // Nothing in it was pressed: the page's own Send has led here.
    if (isSignOn.value && document.activeElement === document.body) isCalled.value = true;
    look();
    if (isEncryptOn.value) lookUp();
  });
}
