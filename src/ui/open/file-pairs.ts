/** A message to open, with the content that a detached signature stands beside. */
export interface FilePair<F extends { readonly name: string }> {
  readonly message: F;
  readonly detached: F | null;
}

const stem = (name: string): string => name.replace(/\.[^.]*$/, "");
const isSignature = (name: string): boolean => /\.(p7s|sig)$/i.test(name);

/**
 * Pairs each `.p7s` with the file that it signs: `report.pdf` with `report.pdf.p7s` or `report.p7s`, or the only other
 * file where there are just two. All others stand alone.
 */
export function pairFiles<F extends { readonly name: string }>(files: readonly F[]): readonly FilePair<F>[] {
  const signatures = files.filter(({ name }) => isSignature(name));
  const others = files.filter(({ name }) => !isSignature(name));
  const isPlainPair = signatures.length === 1 && others.length === 1;
  const taken = new Set<F>();
  const pairs = signatures.map((message) => {
    const own = others.find((other) => other.name === stem(message.name) || stem(other.name) === stem(message.name));
    const only = isPlainPair && !/\.(eml|p7m|mime)$/i.test(others[0]?.name ?? "") ? others[0] : undefined;
    const detached = own ?? only ?? null;
    if (detached) taken.add(detached);
    return { message, detached };
  });
  return [...pairs, ...others.filter((file) => !taken.has(file)).map((message) => ({ message, detached: null }))];
}
