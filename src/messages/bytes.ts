import { custom } from "valibot";

/** Limits of what a page may hand over in one message. Sizes in bytes, lengths in UTF-16 units. */
export const MAX_FILE_SIZE = 256 * 1024 * 1024;

/** A PKCS#12 or certificate file: the engine reads no larger ones (its limit for containers). */
export const MAX_CONTAINER_SIZE = 16 * 1024 * 1024;

/** Longer than any passphrase that a person or a password manager makes. */
export const MAX_PASSPHRASE_LENGTH = 4096;

/** A message: a `Blob`, since bytes in a message are copied and end at 64 MiB in Chromium. */
export const messageFile = custom<Blob>(
  (value) => value instanceof Blob && value.size <= MAX_FILE_SIZE,
  "not a file, or too large",
);

export const containerFile = custom<Uint8Array>(
  (value) => value instanceof Uint8Array && value.length <= MAX_CONTAINER_SIZE,
  "not bytes, or too many",
);
