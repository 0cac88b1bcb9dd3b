import { render } from "preact";
import { language, t } from "../i18n.tsx";
import { App } from "./app.tsx";
import { whenLocked } from "../lock-notice.ts";
import { loadSession, openAgain } from "./state.ts";

document.title = `${t("open_title")} – Signet`;
document.documentElement.lang = language();

// A file that misses the drop zone would otherwise take the place of this page.
for (const name of ["dragover", "drop"] as const) {
  window.addEventListener(name, (event) => {
    event.preventDefault();
  });
}

render(<App />, document.body);
void loadSession();
// What was decrypted goes; what needs no key is shown again as it was.
whenLocked(() => {
  void loadSession();
  openAgain();
});
