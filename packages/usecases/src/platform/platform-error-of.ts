export { platformErrorOf } from "@tessera/db/database-error";
