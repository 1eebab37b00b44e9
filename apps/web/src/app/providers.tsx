"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState } from "react";
import type { ReactNode } from "react";
import { PaletteProvider } from "../parts/palette/palette-provider.tsx";
import { ShortcutsProvider } from "../parts/shortcuts/shortcuts-provider.tsx";
import { Toaster } from "../parts/toast.tsx";
import { TooltipProvider } from "../parts/tooltip.tsx";

/** What every page stands in: theme, data cache, address state, keys, palette, toasts. */
export function Providers({ children, nonce }: { children: ReactNode; nonce: string | undefined }) {
  const [queryClient] = useState(makeQueryClient);
  return (
    <ThemeProvider
      attribute="class"
      defaultTheme="system"
      enableSystem
      disableTransitionOnChange
      {...(nonce === undefined ? {} : { nonce })}
    >
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>
          <TooltipProvider>
            <ShortcutsProvider>
              <PaletteProvider>{children}</PaletteProvider>
            </ShortcutsProvider>
          </TooltipProvider>
        </NuqsAdapter>
        <Toaster />
      </QueryClientProvider>
    </ThemeProvider>
  );
}

function makeQueryClient() {
  // Events patch the cache as things change, so time alone does not make data old.
  return new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: 1 } } });
}
