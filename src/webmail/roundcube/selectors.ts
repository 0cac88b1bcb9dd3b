/**
 * All that is known of Roundcube's page (1.4 and later), in the skins Elastic and Larry: the names of its form's fields
 * and the ids that its program looks for are the same in both, whatever a skin makes of them.
 */

/** Its program, in front of everything else; also where a server gives it from another folder. */
export const APP = 'script[src*="program/js/app."]';

/** The text of a message that is open: in a preview, in a page of its own, in a window of its own. */
export const MESSAGE_BODY = "#messagebody";

/** The form in which a message is written; one in a page. */
export const FORM = 'form[name="form"]:has([name="_message"])';

/** What a form holds. */
export const FROM = 'select[name="_from"], input[name="_from"]';
export const TO = 'textarea[name="_to"]';
export const CC = 'textarea[name="_cc"]';
export const BCC = 'textarea[name="_bcc"]';
export const SUBJECT = 'input[name="_subject"]';
export const TEXT = 'textarea[name="_message"]';
export const IS_HTML = 'input[name="_is_html"]';
/** The switch of Roundcube's plugin for PGP, turned on by a person or by its administrator. */
export const PGP_ENCRYPTS = "#enigmaencryptopt:checked";
/** The document of the editor with formats. */
export const EDITOR = "iframe#composebody_ifr";
/** The draft that the server keeps of the form; empty before the first is saved. */
export const DRAFT_ID = 'input[name="_draft_saveid"]';
/** Where what was sent is kept; Larry has it outside its form. Nowhere where the server keeps no copies. */
export const STORE_TARGET = 'select[name="_store_target"]';

/** Elastic's recipients: what is typed and has not become one of its boxes yet, beside the field that holds all. */
export const TYPED_RECIPIENT = "ul.recipient-input input";

/** Rows of Cc and Bcc that wait until they are wanted: Elastic's and Larry's. */
export const HIDDEN_ROW = ".form-group.hidden, tr[id^='compose-']";

/**
 * What belongs to a form on its page: Elastic's has two areas, Larry's one. What the page says of its own saving is said of
 * an empty form.
 */
export const COMPOSE_AREA = "#layout-sidebar, #layout-content, #mainscreen, #messagestack";

/** Files of the form, and those among them that are still on their way to the server. */
export const ATTACHMENT = "#attachment-list > li";
export const UPLOADING = "#attachment-list > li.uploading";
export const ATTACHMENT_NAME = ".attachment-name";

/** Every way to Send names the command. Elastic's menu on small screens holds copies with a listener of their own. */
export const SEND = `[onclick*="command('send'"], a.send[id$="-clone"]`;

/** Before which our frame stands in a form: its header, by the skin. */
export const COMPOSE_HEADER = "#compose-headers, #composeheaders";
