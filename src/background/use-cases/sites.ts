import type { SiteView } from "../../messages/page-answers.ts";
import type { PageContext } from "../page-context.ts";

/** The sites that the browser has granted; its own list decides. */
export async function listSites({
  grantedPatterns,
}: Pick<PageContext, "grantedPatterns">): Promise<readonly SiteView[]> {
  const origins = (await grantedPatterns()).flatMap((pattern) => /^(https?:\/\/[^/*]+)\/\*$/.exec(pattern)?.[1] ?? []);
  return [...new Set(origins)].sort().map((origin) => ({ origin, isManaged: false }));
}
