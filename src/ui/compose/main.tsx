import { render } from "preact";
import { connectFrame } from "../frame-client.ts";
import { watchHeight } from "../frame-height.ts";
import { language } from "../i18n.tsx";
import { ComposeApp } from "./compose-app.tsx";
import { ask, heard, isCalled, isSignOn, look, lost, setClient, settings } from "./compose-state.ts";

const client = connectFrame({ heard, lost });
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
      if (settings.value !== null) ask({ name: "resize", height });
    },
  );
  // Whoever turns to this frame sees the draft as it is now, before Send can be pressed.
  root.addEventListener("pointerenter", look);
  window.addEventListener("focus", () => {
    // Nothing in it was pressed: the page's own Send has led here.
    if (isSignOn.value && document.activeElement === document.body) isCalled.value = true;
    look();
  });
}
