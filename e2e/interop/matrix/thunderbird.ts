import { KEY_KINDS } from "../pki.ts";
import { type ThunderbirdJudgement, Thunderbird, hasThunderbird } from "../thunderbird/thunderbird.ts";
import type { Peer, Reader } from "./peer.ts";

export const THUNDERBIRD: Peer = {
  name: "Thunderbird",
  isInstalled: hasThunderbird,
  async start(): Promise<Reader> {
    const thunderbird = await Thunderbird.start(KEY_KINDS);
    return {
      async read(message, claim) {
        const judged = await thunderbird.judge(message, claim);
        refuse(judged);
        return { ...judged, isSigned: judged.signature === "good", isEncrypted: judged.encryption === "good" };
      },
      stop: () => thunderbird.stop(),
    };
  },
};

function refuse({ signature, encryption }: ThunderbirdJudgement): void {
  if (signature.startsWith("bad") || encryption.startsWith("bad") || (signature === "none" && encryption === "none"))
    throw new Error(`signature ${signature}, encryption ${encryption}`);
}
