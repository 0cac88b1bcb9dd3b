import { roundcube } from "../webmail/roundcube/roundcube.ts";
import { serve } from "./serve.ts";

serve(roundcube(document, fetch));
