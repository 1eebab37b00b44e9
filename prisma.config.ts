import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  // Only the stock migrate and studio commands connect; generate and validate never do.
  datasource: { url: process.env["DATABASE_URL"] ?? "postgresql://127.0.0.1:5432/tessera" },
});
