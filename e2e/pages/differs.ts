import type { TestDetails } from "@playwright/test";

/**
 * For a story that one webmail alone tells: what is so there, and what is so on the other one. The README's table of
 * webmails is made of these sentences (e2e/servers/stories-table.test.ts).
 */
export const differs = (outlookWeb: string, roundcube: string): TestDetails => ({
  annotation: [
    { type: "outlook-web", description: outlookWeb },
    { type: "roundcube", description: roundcube },
  ],
});
