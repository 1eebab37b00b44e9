import { createContext, useContext } from "react";

/** Opens the rail as a sheet, on a phone. */
export const RailSheetContext = createContext<() => void>(() => {});

export function useOpenRail(): () => void {
  return useContext(RailSheetContext);
}
