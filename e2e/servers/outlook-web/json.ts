import { ServiceError } from "./service-error.ts";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

const wrong = (path: string, expected: string): ServiceError =>
  new ServiceError("ErrorSchemaValidation", `${path} is not ${expected}`);

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function objectAt(value: JsonObject, name: string): JsonObject {
  const found = value[name];
  if (!isObject(found)) throw wrong(name, "an object");
  return found;
}

export function objectsAt(value: JsonObject, name: string): readonly JsonObject[] {
  const found = value[name];
  if (found === undefined || found === null) return [];
  if (!Array.isArray(found) || !found.every(isObject)) throw wrong(name, "an array of objects");
  return found;
}

export function textAt(value: JsonObject, name: string): string {
  const found = value[name];
  if (typeof found !== "string") throw wrong(name, "a string");
  return found;
}

export const optionalText = (value: JsonObject, name: string): string | undefined =>
  value[name] === undefined || value[name] === null ? undefined : textAt(value, name);

/** Throws where an object's `__type` is another one, or not its first member, as the reader of DataContract JSON does. */
export function requireType(value: JsonObject, ...types: readonly string[]): string {
  const type = optionalText(value, "__type");
  const name = type?.split(":#")[0] ?? "";
  if (type === undefined || !types.some((expected) => type === `${expected}:#Exchange`)) {
    throw new ServiceError(
      "ErrorInvalidRequest",
      `__type is ${type ?? "missing"}, expected ${types.join(" or ")}:#Exchange`,
    );
  }
  return name;
}

/** Every object that names its type does so first. */
export function requireTypesFirst(value: Json): void {
  if (Array.isArray(value)) value.forEach(requireTypesFirst);
  else if (isObject(value)) {
    if ("__type" in value && Object.keys(value)[0] !== "__type") {
      throw new ServiceError("ErrorInvalidRequest", "__type is not the first member of its object");
    }
    Object.values(value).forEach(requireTypesFirst);
  }
}
