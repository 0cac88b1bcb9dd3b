import type { JsonObject } from "./json.ts";
import type { User } from "./post-office.ts";

interface StartUpParts {
  readonly autosaveMilliseconds: number;
}

/** What the page asks for first. That it exists and can hold SmimeAdminSettings is known, its other members are not. */
export const startUp = ({ name, email, shared }: User, { autosaveMilliseconds }: StartUpParts): JsonObject => ({
  OwaUserConfig: {
    SessionSettings: { UserDisplayName: name, UserEmailAddress: email, SharedMailboxes: [...(shared ?? [])] },
    // The defaults of Set-SmimeConfig.
    SmimeAdminSettings: { AlwaysSign: false, AlwaysEncrypt: false, ClearSign: true },
    AutosaveMilliseconds: autosaveMilliseconds,
  },
});
