import { optionalText } from "../json.ts";
import type { Action } from "./action.ts";

/** The directory: everybody who has a mailbox here. */
export const findPeople: Action = (body, { office }) => [
  () => {
    const query = (optionalText(body, "QueryString") ?? "").toLowerCase();
    const found = office.users.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(query));
    return {
      ResultSet: found.map(({ name, email }) => ({
        __type: "Persona:#Exchange",
        DisplayName: name,
        EmailAddress: { Name: name, EmailAddress: email, RoutingType: "SMTP" },
      })),
    };
  },
];
