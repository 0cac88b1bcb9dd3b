/**
 * Runs in Thunderbird: opens the file of a message in a tab of its own and answers what that tab says of it.
 * Arguments: the path, how many milliseconds after loading a status may still change, whether a signature and whether
 * encryption are waited for. A status that is known ends the waiting.
 */
export const OPEN_MESSAGE = `
const [path, patience, isSigned, isEncrypted, answer] = arguments;
(async () => {
  const { setTimeout } = ChromeUtils.importESModule("resource://gre/modules/Timer.sys.mjs");
  const until = async (ms, find) => {
    for (const end = Date.now() + ms; ; await new Promise((resolve) => setTimeout(resolve, 30))) {
      const found = find();
      if (found || Date.now() > end) return found;
    }
  };
  const tabmail = await until(20000, () =>
    Services.wm.getMostRecentWindow("mail:3pane")?.document.getElementById("tabmail"));
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  const messageURI = Services.io.newFileURI(file).spec + "?type=application/x-message-display";
  const tab = tabmail.openTab("mailMessageTab", { messageURI });
  try {
    const view = await until(30000, () => {
      const inner = tab.chromeBrowser.contentWindow;
      return inner?.currentHeaderData?.subject ? inner : null;
    });
    const pane = () => view.document.getElementById("messagepane").contentDocument;
    await until(40000, () => pane()?.readyState === "complete" && pane().URL !== "about:blank");
    await until(patience, () =>
      (!isSigned || view.gSignatureStatus !== -1) && (!isEncrypted || view.gEncryptionStatus !== -1));
    const subject = view.currentHeaderData.subject?.headerValue ?? "";
    return { signature: view.gSignatureStatus, encryption: view.gEncryptionStatus, subject, text: pane()?.body?.textContent ?? "" };
  } finally {
    tabmail.closeTab(tab, true);
  }
})().then(answer, (error) => answer({ error: String(error) + error.stack }));
`;
