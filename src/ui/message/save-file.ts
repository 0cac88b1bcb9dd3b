/** Long enough for every browser to have begun; the bytes stay in memory until then. */
const RELEASE_AFTER_MS = 60_000;

/**
 * Saves bytes as a file, never opens them. A Blob, which may reach the disk, is right here and only here: the disk is
 * where the person wants them.
 */
export function saveFile(bytes: Uint8Array, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes.slice()], { type: "application/octet-stream" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, RELEASE_AFTER_MS);
}
