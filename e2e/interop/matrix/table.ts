import { LIMITS, limitOf } from "./limits.ts";
import type { Peer } from "./peer.ts";
import { ROWS } from "./rows.ts";

/**
 * The matrix in Markdown as Prettier lays it out. It needs no peer: the tests hold each cell to be what stands here,
 * `yes` or the number of a limit. A peer that is not installed has a column of blanks.
 */
export function interopTable(peers: readonly Pick<Peer, "name" | "isInstalled">[]): string {
  const cells = ROWS.map((row) => [
    row.name,
    ...peers.map((peer) => {
      if (!peer.isInstalled) return "";
      const limit = limitOf(peer, row);
      return limit ? `limit ${LIMITS.indexOf(limit) + 1}` : "yes";
    }),
  ]);
  const header = ["what we write", ...peers.map(({ name, isInstalled }) => (isInstalled ? name : `${name} (skipped)`))];
  const limits = LIMITS.map(({ peer, reason, source }, index) => [String(index + 1), peer, reason, source]);
  return `${markdown([header, ...cells])}\n\n${markdown([["limit", "peer", "what it cannot read", "source"], ...limits])}`;
}

function markdown([header = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = header.map((cell, column) => Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}
