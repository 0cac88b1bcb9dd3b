import type { IconName } from "../components/icon-shapes.ts";
import { words, type Words } from "../words.ts";
import type { Tone } from "./banner-rows.ts";

/** One line under the banner. */
export interface Note {
  readonly id:
    | ("n2" | "n6" | "n7" | "n9" | "n10" | "n12" | "n13" | "n14" | "n15" | "n16" | "n17" | "n18" | "n20" | "n21")
    | ("n23" | "n24" | "n25" | "n26")
    | "c17";
  readonly tone: Tone;
  readonly icon: IconName;
  readonly headline: Words;
  readonly sentence: Words;
  readonly action?:
    "compare" | "tell-sender" | "show-signed" | "show-recipients" | "use-signed" | "renew" | "save-file";
  readonly prepared?: Words | null;
  /** What *Save* saves; the name is empty where the message gives none. */
  readonly file?: { readonly path: string; readonly name: string };
}

export function note(id: Note["id"], tone: Tone, icon: IconName, params: Words["params"] = {}): Note {
  const key = `read_${id}`;
  return { id, tone, icon, headline: words(`${key}_headline`, params), sentence: words(`${key}_sentence`, params) };
}
