import { effect } from "@preact/signals";
import { render } from "preact";
import { connectFrame } from "../frame-client.ts";
import { watchHeight } from "../frame-height.ts";
import { language } from "../i18n.tsx";
import { whenLocked } from "../lock-notice.ts";
import { FrameApp, showsDecrypted } from "./frame-app.tsx";
import { ask, closeDecrypted, heard, lost, setClient, state } from "./frame-state.ts";

const client = connectFrame({ heard, lost });
if (client !== null) {
  setClient(client);
  whenLocked(() => {
    closeDecrypted(showsDecrypted(state.value));
  });
  document.documentElement.lang = language();
  render(<FrameApp />, document.body);
  const content = document.body.firstElementChild;
  if (content !== null) {
    const look = watchHeight(
      content,
      () => showsDecrypted(state.value),
      (height) => {
        // Nothing is asked for a frame that nobody owns.
        if (state.value.kind !== "empty") ask({ name: "resize", height });
      },
    );
    // The height of decrypted content is not measured, so that no measurement tells of it.
    effect(() => {
      if (state.value.kind !== "empty") look();
    });
  }
}
