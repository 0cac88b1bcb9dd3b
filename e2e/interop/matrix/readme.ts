import { PEERS } from "./peers.ts";
import { interopTable } from "./table.ts";

const [BEGIN, END] = ["<!-- npm run interop -- --write -->", "<!-- end of the interop table -->"];

/** README with the matrix of all peers between its marks. */
export function withInteropTable(readme: string): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("README.md has lost the marks of the interop table");
  const table = interopTable(PEERS.map(({ name }) => ({ name, isInstalled: true })));
  return `${readme.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${readme.slice(end)}`;
}
