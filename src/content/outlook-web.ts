import { outlookWeb } from "../webmail/outlook-web/outlook-web.ts";
import { sharedMailboxInPath } from "../webmail/outlook-web/selectors.ts";
import { owaService } from "../webmail/outlook-web/service.ts";
import { serve } from "./serve.ts";

const sharedMailbox = (): string | null => sharedMailboxInPath(document.location.pathname);
const service = owaService({ fetch, cookies: () => document.cookie, sharedMailbox });
serve(outlookWeb(document, service, fetch));
