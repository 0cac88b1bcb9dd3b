import { SETTING_NAMES, SETTINGS } from "./schema.ts";

/**
 * The schema of policies for the browser (`public/managed_schema.json`), in the JSON Schema subset that Chromium knows.
 * It states types only: for one value out of a range the browser would drop all.
 */
export function managedSchema(): unknown {
  const properties = SETTING_NAMES.map((name) => {
    const { type, description } = SETTINGS[name];
    return [name, { title: name, description, type }] as const;
  });
  return { type: "object", properties: Object.fromEntries(properties) };
}
