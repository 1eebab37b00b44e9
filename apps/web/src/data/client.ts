import { createClient } from "@tessera/client/create-client";

/** The REST API of the page's own origin, as the signed-in person. */
export const client = createClient({ baseUrl: "" });
