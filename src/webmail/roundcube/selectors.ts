import type { Selector } from "../dom/selector.ts";

/**
 * All that is known of Roundcube's page (1.4 and later), in the skins Elastic and Larry: the names of its form's fields
 * and the ids that its program looks for are the same in both, whatever a skin makes of them.
 */

/** Its program, in front of everything else; also where a server gives it from another folder. */
export const APP: Selector = { css: 'script[src*="program/js/app."]', expected: "one" };

/** The text of a message that is open: in a preview, in a page of its own, in a window of its own. */
export const MESSAGE_BODY: Selector = { css: "#messagebody", expected: "any" };

/** The form in which a message is written; one in a page. */
export const FORM: Selector = { css: 'form[name="form"]:has([name="_message"])', expected: "any" };

/** What a form holds. */
export const FROM: Selector = { css: 'select[name="_from"], input[name="_from"]', expected: "one" };
export const TO: Selector = { css: 'textarea[name="_to"]', expected: "one" };
export const CC: Selector = { css: 'textarea[name="_cc"]', expected: "one" };
export const BCC: Selector = { css: 'textarea[name="_bcc"]', expected: "one" };
export const SUBJECT: Selector = { css: 'input[name="_subject"]', expected: "one" };
export const TEXT: Selector = { css: 'textarea[name="_message"]', expected: "one" };
export const IS_HTML: Selector = { css: 'input[name="_is_html"]', expected: "one" };
/** The switch of Roundcube's plugin for PGP, turned on by a person or by its administrator. */
export const PGP_ENCRYPTS: Selector = { css: "#enigmaencryptopt:checked", expected: "any" };
/** The document of the editor with formats. */
export const EDITOR: Selector = { css: "iframe#composebody_ifr", expected: "one" };
/** The draft that the server keeps of the form; empty before the first is saved. */
export const DRAFT_ID: Selector = { css: 'input[name="_draft_saveid"]', expected: "one" };
/** Where what was sent is kept; Larry has it outside its form. Nowhere where the server keeps no copies. */
export const STORE_TARGET: Selector = { css: 'select[name="_store_target"]', expected: "one" };

/** Elastic's recipients: what is typed and has not become one of its boxes yet, beside the field that holds all. */
export const TYPED_RECIPIENT: Selector = { css: "ul.recipient-input input", expected: "one" };

/** Rows of Cc and Bcc that wait until they are wanted: Elastic's and Larry's. */
export const HIDDEN_ROW: Selector = { css: ".form-group.hidden, tr[id^='compose-']", expected: "any" };

/**
 * What belongs to a form on its page: Elastic's has two areas, Larry's one. What the page says of its own saving is said of
 * an empty form.
 */
export const COMPOSE_AREA: Selector = {
  css: "#layout-sidebar, #layout-content, #mainscreen, #messagestack",
  expected: "any",
};

/** Files of the form, and those among them that are still on their way to the server. */
export const ATTACHMENT: Selector = { css: "#attachment-list > li", expected: "any" };
export const UPLOADING: Selector = { css: "#attachment-list > li.uploading", expected: "any" };
export const ATTACHMENT_NAME: Selector = { css: ".attachment-name", expected: "one" };

/** Every way to Send names the command. Elastic's menu on small screens holds copies with a listener of their own. */
export const SEND: Selector = { css: `[onclick*="command('send'"], a.send[id$="-clone"]`, expected: "one or more" };

/** Before which our frame stands in a form: its header, by the skin. */
export const COMPOSE_HEADER: Selector = { css: "#compose-headers, #composeheaders", expected: "one" };
