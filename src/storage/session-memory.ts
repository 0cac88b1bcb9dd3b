/**
 * The part of `storage.session` that is used: memory of the browser, which outlives the worker and ends with the
 * browser, is never written to the disk, and can be read by the extension's own contexts only (its access level is left
 * at `TRUSTED_CONTEXTS`). Values are strings, numbers and plain objects: browsers differ in how they give bytes back.
 */
export interface SessionMemory {
  get(key: string): Promise<Record<string, unknown>>;
  set(items: Record<string, unknown>): Promise<void>;
  remove(key: string): Promise<void>;
}
