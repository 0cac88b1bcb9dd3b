import type { SuggestReply } from "../../messages/content-requests.ts";
import type { Service } from "./service.ts";

/** As many as a list of suggestions shows. */
const PAGE_SIZE = 10;

/** `Name <address>`, as the server writes a person; a group has no address of its own. */
function personOf(entry: unknown): { name: string; address: string } | null {
  const { name } = entry as { name?: unknown };
  if (typeof name !== "string") return null;
  const [, words = "", bracketed] = /^(.*?)\s*<([^<>]+)>$/.exec(name) ?? [];
  const address = bracketed ?? name;
  if (!/^[^\s<>@]+@[^\s<>@]+$/.test(address)) return null;
  return { name: words.replace(/^"(.*)"$/, "$1").replace(/\\(.)/g, "$1"), address };
}

/** People of the server's address books, as its own form asks for them. */
export async function suggestPeople(service: Service, text: string): Promise<SuggestReply> {
  const result = await service({ action: "autocomplete", form: { _search: text, _reqid: "1" } });
  if (!result.ok) return { ok: false, reason: result.reason, text: result.text };
  const [list] = result.calls.find(({ name }) => name === "ksearch_query_results")?.values ?? [];
  const people = (list instanceof Array ? (list as unknown[]) : []).flatMap((entry) => personOf(entry ?? {}) ?? []);
  return { ok: true, people: people.slice(0, PAGE_SIZE) };
}
