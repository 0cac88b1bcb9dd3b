import { Buffer } from "node:buffer";

// Both browsers have these natively; Node 20, which runs the tests, does not.
const define = (target: object, name: string, value: unknown): void => {
  if (!(name in target)) Object.defineProperty(target, name, { value, configurable: true, writable: true });
};
define(Uint8Array.prototype, "toBase64", function toBase64(this: Uint8Array) {
  return Buffer.from(this).toString("base64");
});
define(Uint8Array, "fromBase64", (text: string) => new Uint8Array(Buffer.from(text, "base64")));
