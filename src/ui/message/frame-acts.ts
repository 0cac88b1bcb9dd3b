import type { FrameRequest } from "../../messages/frame-requests.ts";
import type { MessageView } from "../../messages/answers.ts";
import type { BannerAction } from "./banner-panel.tsx";

/** What a frame asks of the background at an action that leads out of it; opening the message again is its own. */
export function requestOf(action: Exclude<BannerAction, "check-again" | "compare">, view: MessageView): FrameRequest {
  switch (action) {
    case "review-issuer":
      return { name: "showPage", page: "trust" };
    case "import-key":
    case "import-backup":
      return { name: "showPage", page: "identities" };
    case "renew": {
      const own = view.known.openedWith;
      return own === null ? { name: "showPage", page: "identities" } : { name: "renew", certificate: own.fingerprint };
    }
  }
}
