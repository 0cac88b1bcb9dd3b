import { toHex } from "../../engine/bytes/hex.ts";
import type { FormFile } from "../../messages/form-content.ts";

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const MAX_NAME = 255;

/** A new name for a draft or a file: 128 random bits. */
export const newName = (): string => toHex(crypto.getRandomValues(new Uint8Array(16)));

/** A file that comes from elsewhere, as the form lists it. */
export const formFileOf = (name: string, type: string, { length }: Uint8Array): FormFile => ({
  id: newName(),
  name: name.slice(0, MAX_NAME),
  type: MEDIA_TYPE.test(type) ? type : "application/octet-stream",
  size: length,
});
