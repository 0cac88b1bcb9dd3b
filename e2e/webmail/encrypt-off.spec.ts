import { expect, SecureForm, test } from "../pages/secret-story.ts";

test("turning Encrypt off is asked in a window, and only then the page gets the text", async ({
  secretMail: mail,
  extension,
  search,
}) => {
  const compose = await mail.newMail();
  const form = await SecureForm.turnOn(mail);
  await form.write({ subject: "Not so secret", text: "zqopenlythen" });
  const opening = extension.context.waitForEvent("page");
  await form.switch.click();
  const window = await opening;
  expect(await search.find(["zqopenlythen"])).toEqual([]);
  await window.getByRole("button", { name: "Stay encrypted" }).click();
  await expect(form.editor).toContainText("zqopenlythen");

  const second = extension.context.waitForEvent("page");
  await form.switch.click();
  await (await second).getByRole("button", { name: "Turn off" }).click();
  await expect.poll(() => compose.text()).toContain("zqopenlythen");
  await expect(compose.subject).toHaveValue("Not so secret");
  await expect(compose.sendButton).toBeVisible();
});
