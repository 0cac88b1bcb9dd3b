import type { FrameRequest } from "../../messages/frame-requests.ts";
import type { MessageView } from "../../messages/answers.ts";
import type { BannerAction } from "./banner-panel.tsx";
import { decidable } from "./decidable.ts";

/** What a frame asks of the background at an action that leads out of it; opening the message again is its own. */
export function requestOf(
  action: Exclude<BannerAction, "check-again" | "compare" | "type-password">,
  view: MessageView,
): FrameRequest {
  switch (action) {
    // The smaller step first: one certificate for one address. The window leads on to the issuer.
    case "review-issuer":
    case "trust-certificate":
    case "link-person": {
      const matter = decidable(view);
      if (matter === null) return { name: "showPage", page: "trust" };
      return { name: "askPerson", certificate: matter.certificate, address: matter.address };
    }
    case "manage-trust":
    case "manage-links":
      return { name: "showPage", page: "trust/people" };
    case "import-key":
    case "import-backup":
      return { name: "showPage", page: "identities" };
    case "renew": {
      const own = view.known.openedWith;
      return own === null ? { name: "showPage", page: "identities" } : { name: "renew", certificate: own.fingerprint };
    }
  }
}
